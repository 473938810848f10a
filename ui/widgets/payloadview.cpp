// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/payloadview.h"

#include "ui/core/format.h"
#include "ui/core/jsontreemodel.h"
#include "ui/widgets/bigtextview.h"
#include "ui/widgets/codeedit.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/exacttext.h"
#include "ui/widgets/factslabel.h"
#include "ui/widgets/findbar.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/linewrap.h"
#include "ui/widgets/notebar.h"
#include "ui/widgets/payloadtree.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"

#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPointer>
#include <QStackedLayout>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// Trees of this many bytes are unfolded.
constexpr qsizetype unfoldedBytes = 4096;

QToolButton *makeButton(Context &context, const QString &name, const QString &icon,
                        const QString &words, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setIcon(context.icons.icon(icon, Token::TextDim));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(words);
    button->setAccessibleName(words);
    return button;
}

} // namespace

PayloadView::PayloadView(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_tabs(new QTabBar(this))
    , m_facts(new FactsLabel(this))
    , m_wrapButton(makeWrapButton(context, u"payloadWrap"_s, this))
    , m_findButton(makeButton(context, u"payloadFind"_s, u"search"_s, tr("Find (Ctrl+F)"), this))
    , m_copyButton(makeButton(context, u"payloadCopy"_s, u"copy"_s, tr("Copy as received"), this))
    , m_notes(new NoteBar(context.theme, this))
    , m_pages(new QStackedLayout)
    , m_empty(new QLabel(tr("Nothing here."), this))
    , m_edit(new CodeEdit(context.theme, this))
    , m_big(new BigTextView(context.theme, this))
    , m_tree(new PayloadTree(context.theme, this))
    , m_find(new FindBar(context.icons, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    layout->addWidget(makeRule(this));
    layout->addWidget(m_notes);
    buildPages();
    layout->addWidget(m_find);
    connectFind();
    clear();
}

PayloadView::~PayloadView() = default;

void PayloadView::buildHeader()
{
    m_tabs->setObjectName(u"payloadTabs"_s);
    m_tabs->setAccessibleName(tr("How the payload is shown"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString &title : {tr("Pretty"), tr("Tree"), tr("Raw")})
        m_tabs->addTab(title);
    m_facts->setObjectName(u"payloadFacts"_s);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setMinimumWidth(0);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 8, 0); // tabs begin where the text below does
    row->setSpacing(4);
    row->addWidget(m_tabs);
    row->addWidget(m_facts, 1);
    row->addSpacing(4);
    row->addWidget(m_wrapButton);
    row->addWidget(m_findButton);
    row->addWidget(m_copyButton);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_tabs, &QTabBar::currentChanged, this, &PayloadView::showTab);
    connect(m_findButton, &QToolButton::clicked, this, &PayloadView::find);
    connect(m_copyButton, &QToolButton::clicked, this, &PayloadView::copyWhole);
}

void PayloadView::buildPages()
{
    m_notes->setObjectName(u"payloadNotes"_s);
    m_empty->setObjectName(u"payloadEmpty"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setBackgroundRole(QPalette::Base);
    m_empty->setAutoFillBackground(true);
    m_empty->setWordWrap(true);
    m_edit->setObjectName(u"payloadText"_s);
    m_edit->setAccessibleName(tr("Payload"));
    m_big->setObjectName(u"payloadBigText"_s);
    m_big->setAccessibleName(tr("Payload"));
    followLineWrap(m_edit, m_context.settings);
    const auto wrapBig = [this] { m_big->setWraps(m_context.settings.wrapsLines()); };
    wrapBig();
    connect(&m_context.settings, &Settings::changed, this, wrapBig);
    m_tree->setObjectName(u"payloadTree"_s);
    m_tree->setAccessibleName(tr("Payload as a tree"));
    for (QWidget *page : {static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_edit),
                          static_cast<QWidget *>(m_big), static_cast<QWidget *>(m_tree)}) {
        m_pages->addWidget(page);
        page->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(page, &QWidget::customContextMenuRequested, this,
                [this, page](QPoint at) { showMenu(page, at); });
    }
    connect(m_big, &BigTextView::copyRequested, this, &PayloadView::copySelection);
    connect(static_cast<PayloadTree *>(m_tree), &PayloadTree::copyRequested, this,
            [this] { copyTreeValue(); });
    static_cast<QVBoxLayout *>(layout())->addLayout(m_pages, 1);
}

void PayloadView::connectFind()
{
    connect(m_find, &FindBar::textChanged, this, &PayloadView::search);
    connect(m_big, &BigTextView::found, this, [this](const FoundPlaces &found) {
        m_find->setCount(found.current + 1, found.count(), found.count() >= FoundPlaces::most);
    });
    connect(m_find, &FindBar::stepped, this, &PayloadView::step);
    connect(m_find, &FindBar::closed, this, [this] {
        m_edit->find({});
        m_big->find({});
        m_pages->currentWidget()->setFocus();
    });
}

void PayloadView::setPayload(const QByteArray &bytes)
{
    if (bytes == m_bytes && m_reading.pretty)
        return;
    if (bytes.isEmpty()) {
        clear();
        return;
    }
    m_bytes = bytes;
    m_limits = {};
    read();
}

void PayloadView::clear()
{
    m_job.cancel();
    m_copyJob.cancel();
    m_bytes.clear();
    m_reading = {};
    m_find->hide();
    m_notes->clear();
    static_cast<FactsLabel *>(m_facts)->setFacts({});
    m_tabs->setEnabled(false);
    m_wrapButton->setEnabled(false);
    m_findButton->setEnabled(false);
    m_copyButton->setEnabled(false);
    m_pages->setCurrentWidget(m_empty);
}

void PayloadView::setEmptyText(const QString &text)
{
    m_empty->setText(text);
}

void PayloadView::read()
{
    m_tabs->setEnabled(true);
    m_findButton->setEnabled(true);
    m_copyButton->setEnabled(true);
    if (m_bytes.size() <= quickBytes) {
        m_job.cancel();
        take(readPayload(m_bytes, m_limits));
        return;
    }
    if (!m_reading.pretty || m_reading.isHead
        || !m_bytes.startsWith(
            m_reading.raw->text().first(std::min<qsizetype>(64, m_reading.raw->text().size()))))
        take(readPayloadHead(m_bytes));
    m_job.start(
        [bytes = m_bytes, limits = m_limits](const CancelFlag &isCancelled) {
            return readPayload(bytes, limits, &isCancelled);
        },
        [this](PayloadReading reading) { take(std::move(reading)); });
}

void PayloadView::take(PayloadReading reading)
{
    m_reading = std::move(reading);
    const bool isJson = m_reading.kind == PayloadKind::Json;
    const bool isText = m_reading.kind != PayloadKind::Binary;
    showTabs(isJson, isText);
    m_copyButton->setEnabled(isText);
    m_copyButton->setToolTip(isText ? tr("Copy as received")
                                    : tr("The clipboard would change these bytes: save them."));
    const QString size = formatSize(m_bytes.size());
    QStringList facts;
    if (!m_reading.isHead)
        facts << payloadTypeWords(m_reading) + u" · "_s + size
              << payloadTypeWord(m_reading) + u" · "_s + size;
    static_cast<FactsLabel *>(m_facts)->setFacts(facts << size);
    QAbstractItemModel *tree = m_tree->model();
    m_tree->setModel(nullptr);
    delete tree; // of other bytes
    showNotes();
    showTab();
    if (!m_reading.isHead)
        Q_EMIT shown();
}

void PayloadView::showTabs(bool isJson, bool isText)
{
    for (const auto &[tab, isShown] : {std::pair(Tree, isJson), std::pair(Pretty, isText)}) {
        if (m_tabs->isTabVisible(tab) != isShown)
            m_tabs->setTabVisible(tab, isShown);
    }
    // After that: Qt measures the tabs anew for a text, not for a tab that comes or goes.
    m_tabs->setTabText(Pretty, isJson ? tr("Pretty") : tr("Text"));
    m_tabs->setTabText(Raw, isJson ? tr("Raw") : tr("Bytes"));
}

void PayloadView::showTab()
{
    if (!m_reading.pretty)
        return;
    const int tab = m_tabs->currentIndex();
    m_wrapButton->setEnabled(tab != Tree);
    if (tab == Tree && !m_reading.isHead) {
        showTree();
        return;
    }
    showText(tab == Raw ? m_reading.raw : m_reading.pretty, m_reading.kind == PayloadKind::Json);
}

void PayloadView::showText(const LineIndexPtr &text, bool isJson)
{
    if (!m_reading.isHead && fitsPlainText(*text) && isHeld(text->text())) {
        m_edit->setText(text, isJson);
        m_pages->setCurrentWidget(m_edit);
    } else {
        m_big->setText(text, isJson);
        m_pages->setCurrentWidget(m_big);
    }
    if (m_find->isVisible())
        search(m_find->text());
}

void PayloadView::showTree()
{
    m_find->hide();
    m_pages->setCurrentWidget(m_tree);
    if (m_tree->model() != nullptr)
        return;
    auto *model = new JsonTreeModel(m_bytes, m_reading.outline, m_tree);
    m_tree->setModel(model);
    m_tree->setColumnWidth(JsonTreeModel::Key, fontMetrics().averageCharWidth() * 30);
    if (m_bytes.size() <= unfoldedBytes)
        m_tree->expandAll();
    m_tree->setCurrentIndex(model->index(0, 0));
}

void PayloadView::showNotes()
{
    m_notes->clear();
    if (m_reading.isHead)
        return;
    if (m_reading.kind == PayloadKind::Text)
        m_notes->addText(tr("This is not JSON: %1").arg(m_reading.reason));
    else if (m_reading.kind == PayloadKind::Binary)
        m_notes->addText(tr("This is not text: %1").arg(m_reading.reason));
    if (m_reading.isPart) {
        m_notes->addText(tr("The first %1 are shown.").arg(formatSize(m_limits.partBytes)));
        m_notes->addButton(u"payloadShowAll"_s, tr("Show all (%1)").arg(formatSize(m_bytes.size())),
                           [this] {
                               m_limits.wholeBytes = m_bytes.size();
                               read();
                           });
        m_notes->addButton(u"payloadSaveAs"_s, tr("Save as…"), [this] { saveAs(); });
    }
    if (m_reading.cutStrings > 0) {
        m_notes->addText(tr("%n long string(s) (is|are) cut.", nullptr, m_reading.cutStrings));
        m_notes->addButton(u"payloadShowStrings"_s, tr("Show all"), [this] {
            m_limits.longestString = 0;
            read();
        });
    }
    m_notes->showNotes();
}

bool PayloadView::isTextShown() const
{
    return m_pages->currentWidget() == m_edit || m_pages->currentWidget() == m_big;
}

void PayloadView::find()
{
    if (!m_reading.pretty)
        return;
    if (!isTextShown())
        m_tabs->setCurrentIndex(m_reading.kind == PayloadKind::Binary ? Raw : Pretty);
    m_find->open(m_pages->currentWidget() == m_edit
                     ? exactText(m_edit->textCursor())
                     : QString::fromUtf8(m_big->selectedBytes().left(100)));
}

void PayloadView::search(const QString &words)
{
    if (m_pages->currentWidget() == m_edit) {
        const FoundPlaces &found = m_edit->find(words);
        m_find->setCount(found.current + 1, found.count(), found.count() >= FoundPlaces::most);
    } else {
        m_big->find(words);
    }
}

void PayloadView::step(int direction)
{
    if (!isTextShown())
        return;
    const FoundPlaces &found =
        m_pages->currentWidget() == m_edit ? m_edit->step(direction) : m_big->step(direction);
    m_find->setCount(found.current + 1, found.count(), found.count() >= FoundPlaces::most);
}

bool PayloadView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // Inside of a payload these keys mean the payload, not the list of the view.
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Find) || key->key() == Qt::Key_F3) {
            key->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PayloadView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find))
        find();
    else if (event->key() == Qt::Key_F3)
        m_find->isVisible() ? step(event->modifiers() & Qt::ShiftModifier ? -1 : 1) : find();
    else if (event->key() == Qt::Key_Escape && m_find->isVisible())
        m_find->close();
    else
        QWidget::keyPressEvent(event);
}

void PayloadView::showMenu(QWidget *over, QPoint at)
{
    if (!m_reading.pretty)
        return;
    auto *menu = new PayloadMenu(m_context, m_origin, this);
    if (isTextShown())
        menu->addAction(tr("Copy"), this, &PayloadView::copySelection);
    if (m_reading.kind == PayloadKind::Json && !m_reading.isHead) {
        // The value under the mouse, as in the tree.
        if (over == m_edit && !m_edit->textCursor().hasSelection())
            m_edit->setTextCursor(m_edit->cursorForPosition(at));
        menu->addPartActions();
        findPart(menu);
        menu->addSeparator();
    }
    menu->addAction(tr("Copy as received"), this, &PayloadView::copyWhole)
        ->setEnabled(m_copyButton->isEnabled());
    menu->addAction(tr("Save as…"), this, &PayloadView::saveAs);
    if (isTextShown()) {
        menu->addSeparator();
        menu->addAction(tr("Find…"), this, &PayloadView::find);
    }
    menu->popup(over->mapToGlobal(at));
}

void PayloadView::findPart(PayloadMenu *menu)
{
    if (m_pages->currentWidget() == m_tree) {
        const QModelIndex index = m_tree->currentIndex();
        if (index.isValid())
            menu->setPart({.path = index.data(JsonTreeModel::PathRole).toString(),
                           .value = index.data(JsonTreeModel::BytesRole).toByteArray()});
        return;
    }
    const bool isEdit = m_pages->currentWidget() == m_edit;
    const LineIndexPtr text = m_tabs->currentIndex() == Raw ? m_reading.raw : m_reading.pretty;
    const qsizetype at = isEdit ? m_edit->caretByte() : m_big->caretByte();
    const auto partAt = [bytes = m_bytes, text, at] {
        const JsonPart part = jsonPart(bytes, jsonPlaceAt(text->text(), at));
        return PayloadPart{.path = part.path, .value = part.value.toByteArray()};
    };
    if (m_bytes.size() <= quickBytes) {
        menu->setPart(partAt());
        return;
    }
    m_copyJob.start([partAt](const CancelFlag &) { return partAt(); },
                    [menu = QPointer(menu)](const PayloadPart &part) {
                        if (menu)
                            menu->setPart(part);
                    });
}

void PayloadView::copyWhole()
{
    if (m_bytes.size() <= quickBytes) {
        m_context.desktop.copy(QString::fromUtf8(m_bytes));
        return;
    }
    m_copyJob.start([bytes = m_bytes](const CancelFlag &) { return QString::fromUtf8(bytes); },
                    [this](const QString &text) { m_context.desktop.copy(text); });
}

void PayloadView::copySelection()
{
    if (m_pages->currentWidget() == m_edit)
        m_context.desktop.copy(exactText(m_edit->textCursor()));
    else
        m_context.desktop.copy(QString::fromUtf8(m_big->selectedBytes()));
}

void PayloadView::copyTreeValue()
{
    const QModelIndex index = m_tree->currentIndex();
    if (index.isValid())
        m_context.desktop.copy(
            QString::fromUtf8(index.data(JsonTreeModel::BytesRole).toByteArray()));
}

void PayloadView::saveAs()
{
    auto *dialog = new QFileDialog(this, tr("Save payload"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_reading.kind == PayloadKind::Json ? u"json"_s : u"txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_copyJob.start(
            [path, bytes = m_bytes](const CancelFlag &) {
                QFile file(path);
                return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
            },
            [this, path](bool isSaved) {
                if (isSaved)
                    return;
                m_notes->addText(tr("%1 cannot be written.").arg(path));
                m_notes->showNotes();
            });
    });
    dialog->open();
}

} // namespace console
