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

class InfoBarStack;
struct Context;

/// The frames of a stack, each a link to its line in the editor: own ones open, library ones folded
/// and quieter (ui.md §8). Whether the files exist is looked up on another thread; files that came
/// from somewhere else are found in a folder that is chosen once.
class FramesList final : public QWidget
{
    Q_OBJECT

public:
    explicit FramesList(Context &context, QWidget *parent = nullptr);

    /// What counts as a library besides what is known to be one is a setting.
    void setFrames(const std::vector<StackFrame> &parsed);
    /// Looks again where the files are.
    void checkFiles();

Q_SIGNALS:
    /// A link was used and nothing can be opened: why.
    void problem(const QString &text);
    /// A folder was chosen; it may be the one of other stacks, too.
    void located();

private:
    struct Link {
        QToolButton *button = nullptr;
        StackFrame frame;
        bool isMissing = false;
    };

    void clear();
    void addFrame(const StackFrame &frame, const QString &folder);
    void addLibrary(const std::vector<StackFrame> &frames);
    [[nodiscard]] QWidget *libraryLine(const StackFrame &frame);
    void addLink(QToolButton *link, const StackFrame &frame);
    void addMissingNote();
    void offerEditors();
    void showFiles();
    void open(std::size_t link);
    void askFolder();
    void locate(const QString &folder);

    Context &m_context;
    QVBoxLayout *m_layout;
    std::vector<StackFrame> m_frames;
    std::vector<Link> m_links;
    QWidget *m_missing = nullptr; ///< below the own frames
    QLabel *m_missingText = nullptr;
    InfoBarStack *m_notices;
    BackgroundJob m_check;
    BackgroundJob m_search;
};

} // namespace console
