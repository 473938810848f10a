// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/jsonhighlighter.h"

#include "ui/core/jsonhighlighting.h"
#include "ui/core/theme.h"

#include <QTextBlock>
#include <QTextDocument>

namespace console {

namespace {

constexpr int sliceBlocks = 200;

} // namespace

JsonHighlighter::JsonHighlighter(Theme &theme, QTextDocument *document)
    : QSyntaxHighlighter(document)
    , m_theme(theme)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &JsonHighlighter::paintSlice);
    connect(&theme, &Theme::changed, this, &JsonHighlighter::startOver);
    startOver();
}

void JsonHighlighter::setOn(bool isOn)
{
    if (isOn == m_isOn)
        return;
    m_isOn = isOn;
    startOver();
}

void JsonHighlighter::hold()
{
    m_timer.stop();
    m_next = 0;
    m_isWaiting = true;
}

void JsonHighlighter::startOver()
{
    hold();
    paintSlice(); // what is seen first, at once
    if (m_isWaiting)
        m_timer.start();
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    // The base class wants to do a replaced text in one go; larger ones wait for their slice.
    if (!m_isOn || (m_isWaiting && currentBlock().blockNumber() >= m_next))
        return;
    for (const JsonSpan &span : highlightJson(text))
        setFormat(span.start, span.length, m_theme.color(span.token));
}

void JsonHighlighter::paintSlice()
{
    QTextBlock block = document()->findBlockByNumber(m_next);
    m_next += sliceBlocks;
    for (; block.isValid() && block.blockNumber() < m_next; block = block.next())
        rehighlightBlock(block);
    if (!block.isValid()) {
        m_isWaiting = false;
        m_timer.stop();
    }
}

} // namespace console
