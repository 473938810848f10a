// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/copyas.h"
#include "ui/core/draft.h"
#include "ui/widgets/backgroundjob.h"

#include <QObject>

namespace console {

struct Context;

/// Puts code that sends a draft once into the clipboard: placeholders have the values that the next
/// send would give them, files are read, an array is a batch (ui.md §10). A draft that cannot be
/// sent is not copied.
class DraftCopier final : public QObject
{
    Q_OBJECT

public:
    explicit DraftCopier(Context &context, QObject *parent = nullptr);

    /// `copied` or `refused` follows, at once if it is small and has no files.
    void copy(CopyLanguage language, const Draft &draft);

    /// Where paths of `{{file …}}` begin; empty: the working folder.
    void setFolder(const QString &folder) { m_folder = folder; }

Q_SIGNALS:
    void copied();
    void refused(const QString &problem);

private:
    struct Code {
        QString text;
        QString problem; ///< empty: there is none
    };

    void take(const Code &code);

    Context &m_context;
    QString m_folder;
    BackgroundJob m_job;
};

} // namespace console
