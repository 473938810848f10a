// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/settingsdialog.h"

#include "ui/core/theme.h"
#include "ui/shell/securitypage.h"
#include "ui/shell/settingspages.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SettingsDialog", text);
}

/// Everything that is written on a page, for the search.
QString wordsOn(const QWidget *page)
{
    QStringList words;
    for (const QWidget *part : page->findChildren<QWidget *>()) {
        if (const auto *label = qobject_cast<const QLabel *>(part))
            words.append(label->textFormat() == Qt::RichText ? label->accessibleName()
                                                             : label->text());
        else if (const auto *button = qobject_cast<const QAbstractButton *>(part))
            words.append(button->text());
        else if (const auto *box = qobject_cast<const QComboBox *>(part))
            for (int row = 0; row < box->count(); ++row)
                words.append(box->itemText(row));
    }
    return words.join(u' ');
}

/// Only the categories with \a text on their page; the first of them is shown.
void search(QListWidget *categories, const QStackedWidget *pages, const QString &text)
{
    int first = -1;
    for (int row = 0; row < categories->count(); ++row) {
        const bool isFound = categories->item(row)->text().contains(text, Qt::CaseInsensitive)
                             || wordsOn(pages->widget(row)).contains(text, Qt::CaseInsensitive);
        categories->item(row)->setHidden(!isFound);
        if (isFound && first < 0)
            first = row;
    }
    const QListWidgetItem *now = categories->currentItem();
    if (first >= 0 && (now == nullptr || now->isHidden()))
        categories->setCurrentRow(first);
}

/// Of a page whose sentences need more lines where it is narrow, which QScrollArea does not ask
/// for.
class PageArea final : public QScrollArea
{
public:
    explicit PageArea(QWidget *parent)
        : QScrollArea(parent)
    {}

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        giveHeight();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool isHandled = QScrollArea::eventFilter(watched, event);
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            giveHeight();
        return isHandled;
    }

private:
    void giveHeight()
    {
        if (widget() != nullptr && widget()->hasHeightForWidth())
            widget()->setMinimumHeight(widget()->heightForWidth(viewport()->width()));
    }
};

/// At its smallest the dialog is lower than a page may be.
QWidget *makeScrolled(QWidget *page)
{
    auto *area = new PageArea(page->parentWidget());
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus); // its fields have it
    area->setWidget(page);
    area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    return area;
}

/// Beside the categories; a page that is too high has a scroll bar beside it.
int widestPage(const QStackedWidget &pages)
{
    int widest = 0;
    for (int index = 0; index < pages.count(); ++index) {
        const auto *area = qobject_cast<const QScrollArea *>(pages.widget(index));
        const QWidget *page = area == nullptr ? pages.widget(index) : area->widget();
        widest = std::max(widest, page->minimumSizeHint().width());
    }
    return widest + pages.style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, &pages);
}

QWidget *makeSearch(Context &context, QListWidget *categories, QStackedWidget *pages,
                    QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(u"settingsSearch"_s);
    edit->setAccessibleName(tr("Search the settings"));
    edit->setPlaceholderText(tr("Search the settings"));
    edit->setClearButtonEnabled(true);
    edit->setMinimumHeight(edit->fontMetrics().height() + 12);
    edit->addAction(context.icons.icon(u"search"_s, Token::TextDim), QLineEdit::LeadingPosition);
    QObject::connect(
        edit, &QLineEdit::textChanged, pages,
        [categories, pages](const QString &text) { search(categories, pages, text.trimmed()); });
    return edit;
}

} // namespace

QStringList settingsPageNames()
{
    return {tr("Appearance"), tr("Keyboard"),      tr("Editor"),
            tr("Data"),       tr("Confirmations"), tr("Security")};
}

void openSettings(Context &context, QWidget *parent, SettingsPage page)
{
    QWidget *owner = parent == nullptr ? QApplication::activeWindow() : parent;
    if (owner == nullptr)
        return;
    if (auto *open = owner->findChild<QDialog *>(u"settingsDialog"_s)) {
        open->findChild<QListWidget *>(u"settingsCategories"_s)
            ->setCurrentRow(static_cast<int>(page));
        open->raise();
        open->activateWindow();
        return;
    }
    auto *dialog = new QDialog(owner);
    dialog->setObjectName(u"settingsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Settings"));
    auto *categories = new QListWidget(dialog);
    categories->setObjectName(u"settingsCategories"_s);
    categories->setAccessibleName(tr("Categories"));
    categories->addItems(settingsPageNames());
    for (int row = 0; row < categories->count(); ++row)
        categories->item(row)->setSizeHint(QSize(0, categories->fontMetrics().height() + 14));
    categories->setFixedWidth(dialog->fontMetrics().averageCharWidth() * 24);
    categories->setSpacing(1);
    auto *pages = new QStackedWidget(dialog);
    pages->addWidget(makeScrolled(makeAppearancePage(context.settings, pages)));
    pages->addWidget(makeKeyboardPage(context, pages)); // its list scrolls
    pages->addWidget(makeScrolled(makeEditorPage(context, pages)));
    pages->addWidget(makeScrolled(makeDataPage(context, pages)));
    pages->addWidget(makeScrolled(makeQuestionsPage(context.settings, pages)));
    pages->addWidget(makeScrolled(new SecurityPage(context, pages)));
    QObject::connect(categories, &QListWidget::currentRowChanged, pages,
                     &QStackedWidget::setCurrentIndex);
    categories->setCurrentRow(static_cast<int>(page));
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(categories);
    row->addWidget(pages, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(makeSearch(context, categories, pages, dialog));
    layout->addLayout(row, 1);
    layout->addWidget(buttons);
    // The fonts of some desktops are wider than their figures say.
    const QFontMetrics metrics = dialog->fontMetrics();
    const QMargins margins = layout->contentsMargins();
    const int least = margins.left() + categories->width() + row->spacing() + widestPage(*pages)
                      + margins.right();
    const int chars = metrics.averageCharWidth();
    dialog->resize(std::max(chars * 110, least), 560);
    dialog->setMinimumSize(
        QSize(std::max(chars * 90, least), metrics.lineSpacing() * 30).boundedTo(owner->size()));
    dialog->open();
    categories->setFocus();
}

} // namespace console
