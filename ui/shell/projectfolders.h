// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace console {

class PathRulesModel;
class PlainTable;
struct Context;

/// Where the files of the project's errors are on this machine, as *Locate folder…* in an error
/// wrote it, and how to take it back (ui.md §25).
class ProjectFolders final : public QWidget
{
    Q_OBJECT

public:
    explicit ProjectFolders(Context &context, QWidget *parent = nullptr);

private:
    void removeCurrent();
    /// The list, as high as its rows, or that there are none.
    void showRows();
    void showWhatCanBeDone();

    Context &m_context;
    PathRulesModel *m_model;
    QLabel *m_none;
    PlainTable *m_table;
    QPushButton *m_remove;
};

} // namespace console
