// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/stackframes.h"
#include "ui/widgets/backgroundjob.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace console {

struct Context;

/// The frames of a stack: own ones open, each a link to its line in the editor; library ones
/// folded (ui.md §8). Whether the files exist is looked up on another thread.
class FramesList final : public QWidget
{
    Q_OBJECT

public:
    explicit FramesList(Context &context, QWidget *parent = nullptr);

    void setFrames(const std::vector<StackFrame> &frames);

Q_SIGNALS:
    /// A link was used and the editor cannot be started.
    void problem(const QString &text);

private:
    struct Link {
        QToolButton *button = nullptr;
        QLabel *note = nullptr;
        QString file;
    };

    void clear();
    QWidget *addFrame(const StackFrame &frame, const QString &folder, QVBoxLayout *layout);
    void addLibrary(const std::vector<StackFrame> &frames);
    void checkFiles();
    void open(const StackFrame &frame);

    Context &m_context;
    QVBoxLayout *m_layout;
    std::vector<StackFrame> m_frames;
    std::vector<Link> m_links;
    int m_functionChars = 0; ///< width of the first column
    BackgroundJob m_check;
};

} // namespace console
