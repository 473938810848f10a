// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/drafthighlighter.h"

#include "ui/core/jsonhighlighting.h"
#include "ui/core/theme.h"

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 20'000; ///< longer ones stay plain, or typing gets slow

} // namespace

DraftHighlighter::DraftHighlighter(Theme &theme, QTextDocument *document)
    : QSyntaxHighlighter(document)
    , m_theme(theme)
{
    connect(&theme, &Theme::changed, this, &DraftHighlighter::rehighlight);
}

void DraftHighlighter::setPlain(bool isPlain)
{
    if (m_isPlain == isPlain)
        return;
    m_isPlain = isPlain;
    rehighlight();
}

void DraftHighlighter::highlightBlock(const QString &text)
{
    if (text.size() > longestLine)
        return;
    if (!m_isPlain && text.trimmed().startsWith(u"//"_s)) {
        QTextCharFormat comment;
        comment.setForeground(m_theme.color(Token::TextDim));
        comment.setFontItalic(true);
        setFormat(0, static_cast<int>(text.size()), comment);
        return;
    }
    for (const JsonSpan &span : highlightJson(text))
        setFormat(span.start, span.length, m_theme.color(span.token));
    if (m_isPlain)
        return;
    QTextCharFormat placeholder;
    placeholder.setForeground(m_theme.color(Token::StateBackoff));
    placeholder.setFontWeight(QFont::Bold);
    for (qsizetype at = text.indexOf(u"{{"_s); at >= 0;) {
        const qsizetype end = text.indexOf(u"}}"_s, at);
        if (end < 0)
            break;
        setFormat(static_cast<int>(at), static_cast<int>(end + 2 - at), placeholder);
        at = text.indexOf(u"{{"_s, end + 2);
    }
}

} // namespace console
