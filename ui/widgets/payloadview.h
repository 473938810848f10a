// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/payloadreading.h"
#include "ui/widgets/backgroundjob.h"
#include "ui/widgets/payloadmenu.h"

#include <QByteArray>
#include <QWidget>

class QLabel;
class QStackedLayout;
class QTabBar;
class QToolButton;
class QTreeView;

namespace console {

struct Context;
class BigTextView;
class CodeEdit;
class FindBar;
class NoteBar;

/// A payload as it was received: formatted, as a tree, and byte for byte; what is not JSON as text
/// and hexadecimal digits (ui.md §8). Of any size: reading happens on another thread, the first
/// lines are there at once. GUI thread.
class PayloadView : public QWidget
{
    Q_OBJECT

public:
    explicit PayloadView(Context &context, QWidget *parent = nullptr);
    ~PayloadView() override;

    /// Nothing happens if it shows the same bytes already.
    void setPayload(const QByteArray &bytes);
    void clear();
    /// What it says when there is nothing; default: `Nothing here.`
    void setEmptyText(const QString &text);

    /// What the payload is, for the menu of its values; default: nothing can be asked for.
    void setOrigin(const PayloadOrigin &origin) { m_origin = origin; }

    [[nodiscard]] const QByteArray &payload() const { return m_bytes; }

Q_SIGNALS:
    /// All of it is shown.
    void shown();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum Tab { Pretty, Tree, Raw };

    void buildHeader();
    void buildPages();
    void connectFind();
    void read();
    void take(PayloadReading reading);
    void showTabs(bool isJson, bool isText);
    void showTab();
    void showText(const LineIndexPtr &text, bool isJson);
    void showTree();
    void showNotes();
    void find();
    void search(const QString &words);
    void step(int direction);
    void showMenu(QWidget *over, QPoint at);
    void copyWhole();
    void copySelection();
    void copyTreeValue();
    void findPart(PayloadMenu *menu);
    void saveAs();
    [[nodiscard]] bool isTextShown() const;

    Context &m_context;
    QByteArray m_bytes;
    PayloadOrigin m_origin;
    PayloadLimits m_limits;
    PayloadReading m_reading;
    BackgroundJob m_job;
    BackgroundJob m_copyJob;
    QTabBar *m_tabs;
    QLabel *m_facts;
    QToolButton *m_wrapButton;
    QToolButton *m_findButton;
    QToolButton *m_copyButton;
    NoteBar *m_notes;
    QStackedLayout *m_pages;
    QLabel *m_empty;
    CodeEdit *m_edit;
    BigTextView *m_big;
    QTreeView *m_tree;
    FindBar *m_find;
};

} // namespace console
