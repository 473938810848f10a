// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/projectfolders.h"

#include "ui/core/pathrules.h"
#include "ui/core/pathrulesmodel.h"
#include "ui/shell/settingsform.h"
#include "ui/widgets/context.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/settings.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

ProjectFolders::ProjectFolders(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new PathRulesModel(context.paths, this))
    , m_none(makeHint(tr("None. \"Locate folder…\" in an error adds one."), this))
    , m_table(new PlainTable(context, m_model, {}, this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    auto *caption = new QLabel(tr("Folders of the project"), this);
    caption->setBuddy(m_table);
    caption->setContentsMargins(0, 6, 0, 0); // farther from what is above it
    m_none->setObjectName(u"projectFoldersNone"_s);
    m_table->setObjectName(u"projectFolders"_s);
    m_table->setAccessibleName(caption->text());
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_remove->setObjectName(u"projectFoldersRemove"_s);
    m_remove->setAccessibleName(tr("Remove the folder"));
    m_remove->setToolTip(tr("Look for its files where the error says (Del)"));
    m_remove->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(caption);
    layout->addWidget(m_none);
    layout->addWidget(m_table);
    layout->addWidget(m_remove, 0, Qt::AlignLeft);
    connect(m_remove, &QPushButton::clicked, this, &ProjectFolders::removeCurrent);
    auto *key = new QShortcut(QKeySequence(Qt::Key_Delete), m_table);
    key->setContext(Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &ProjectFolders::removeCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ProjectFolders::showWhatCanBeDone);
    connect(m_model, &PathRulesModel::rowsInserted, this, &ProjectFolders::showRows);
    connect(m_model, &PathRulesModel::rowsRemoved, this, &ProjectFolders::showRows);
    connect(&context.settings, &Settings::changed, this, &ProjectFolders::showRows);
    showRows();
}

void ProjectFolders::removeCurrent()
{
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    if (selected.isEmpty())
        return;
    if (m_model->rowCount() == 1) {
        // The list and its button go: the keyboard stays with the field before them.
        m_table->setFocus();
        focusPreviousChild();
    }
    const QString from = m_model->rule(selected.front().row()).from; // the row goes meanwhile
    m_context.paths.remove(from);
}

void ProjectFolders::showRows()
{
    constexpr int mostRows = 5; // the others are scrolled to
    const int rows = m_model->rowCount();
    m_none->setVisible(rows == 0);
    m_table->setVisible(rows > 0);
    m_remove->setVisible(rows > 0);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + std::min(rows, mostRows) * m_context.settings.rowHeight());
    showWhatCanBeDone();
}

void ProjectFolders::showWhatCanBeDone()
{
    m_remove->setEnabled(m_table->selectionModel()->hasSelection());
}

} // namespace console
