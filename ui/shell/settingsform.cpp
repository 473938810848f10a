// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/settingsform.h"

#include "ui/widgets/codefont.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

SettingsForm makeSettingsPage(const QString &title, const QString &resetName, QWidget *parent)
{
    SettingsForm page{.widget = new QWidget(parent), .content = nullptr, .reset = nullptr};
    page.content = new QVBoxLayout;
    page.content->setSpacing(10);
    page.reset = new QPushButton(QCoreApplication::translate("SettingsPages", "Reset this page"),
                                 page.widget);
    page.reset->setObjectName(resetName);
    page.reset->setAccessibleName(page.reset->text());
    page.reset->setAutoDefault(false);
    QSizePolicy policy = page.reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // all pages begin at the same height
    page.reset->setSizePolicy(policy);
    auto *heading = new QLabel(title, page.widget);
    QFont font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    auto *row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(page.reset);
    auto *layout = new QVBoxLayout(page.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(row);
    layout->addLayout(page.content, 1);
    return page;
}

namespace {

/// Of words with code among them; what joins the parts of an option may be of a third font, which
/// has some leading. In what is copied nothing joins them.
double lineHeight(const QFont &font, bool isCopied)
{
    const QFontMetricsF words(font);
    QTextLayout code(isCopied ? u"-a"_s : u"-\ufeffa"_s, codeFont(font));
    code.beginLayout();
    const QTextLine line = code.createLine();
    code.endLayout();
    return std::max(words.ascent(), line.ascent()) + std::max(words.descent(), line.descent())
           + std::max({0.0, words.leading(), line.leading()});
}

/// Writes the words of a label anew in another font: the height of their lines is of the old one.
class CodeRewriter final : public QObject
{
public:
    static void watch(QLabel *label)
    {
        const QString name = u"codeRewriter"_s;
        if (label->findChild<QObject *>(name, Qt::FindDirectChildrenOnly) != nullptr)
            return;
        auto *made = new CodeRewriter(label);
        made->setObjectName(name);
        label->installEventFilter(made);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::FontChange)
            writeWithCode(m_label, m_label->accessibleName());
        return QObject::eventFilter(watched, event);
    }

private:
    explicit CodeRewriter(QLabel *label)
        : QObject(label)
        , m_label(label)
    {}

    QLabel *m_label;
};

} // namespace

void writeWithCode(QLabel *label, const QString &plain)
{
    CodeRewriter::watch(label);
    static const QRegularExpression code(
        u"redrive --data file\\.db|--[a-z][a-z-]*(?:[ \u00a0]127\\.0\\.0\\.1)?|"
        "\\b[A-Z]+(?:_[A-Z]+)+|\\{[a-z]+\\}|\\.redrive\\b"_s);
    const bool isCopied = (label->textInteractionFlags() & Qt::TextSelectableByMouse) != 0;
    const QString span =
        u"<span style=\"font-family:'%1'\">"_s.arg(codeFont(label->font()).family());
    QString text;
    qsizetype at = 0;
    auto found = code.globalMatch(plain);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        QString word = match.captured().toHtmlEscaped();
        if (!isCopied)
            word.replace(u'-', u"-\ufeff"_s).replace(u' ', u"&nbsp;"_s); // a word joiner
        text +=
            plain.mid(at, match.capturedStart() - at).toHtmlEscaped() + span + word + u"</span>"_s;
        at = match.capturedEnd();
    }
    text += plain.mid(at).toHtmlEscaped();
    if (at > 0) { // lines with and without code are equally high
        text = u"<p style=\"margin:0; line-height:%1px\">%2</p>"_s
                   .arg(lineHeight(label->font(), isCopied))
                   .arg(text);
    }
    label->setTextFormat(Qt::RichText);
    label->setText(text);
    label->setAccessibleName(plain);
}

int fallOfFirstLine(const QLabel *label)
{
    QTextDocument document;
    document.setDocumentMargin(0);
    document.setDefaultFont(label->font());
    document.setHtml(label->text());
    document.setTextWidth(document.idealWidth());
    const QTextLine line = document.begin().layout()->lineAt(0);
    return std::max(0, qRound(line.y() + line.ascent()) - label->fontMetrics().ascent());
}

QLabel *makeHint(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    writeWithCode(label, text);
    return label;
}

QFormLayout *makeFields(QWidget *parent)
{
    auto *form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    return form;
}

namespace {

/// Of a field whose first line is one of several.
class TopCaption final : public QLabel
{
public:
    TopCaption(const QString &text, QWidget *first, QWidget *parent)
        : QLabel(text, parent)
        , m_first(first)
    {
        setAlignment(Qt::AlignLeading | Qt::AlignTop);
        first->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            place();
        return QLabel::eventFilter(watched, event);
    }

private:
    /// Text beside text; beside a box as high as its text in the middle of it.
    void place()
    {
        const bool isText = qobject_cast<const QLabel *>(m_first) != nullptr;
        const int room = isText ? 0 : m_first->height() - fontMetrics().height();
        setContentsMargins(0, std::max(0, room / 2), 0, 0);
    }

    QWidget *m_first;
};

} // namespace

QLabel *addField(QFormLayout *form, const QString &label, QWidget *field, QWidget *first)
{
    constexpr int captionChars = 14;
    QLabel *caption = first == nullptr ? new QLabel(label, form->parentWidget())
                                       : new TopCaption(label, first, form->parentWidget());
    caption->setMinimumWidth(caption->fontMetrics().averageCharWidth() * captionChars);
    caption->setBuddy(field);
    form->addRow(caption, field);
    return caption;
}

} // namespace console
