// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/exacttext.h"

#include <QMimeData>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<char16_t, 3> lineEnds{u'\u2029', u'\ufdd0', u'\ufdd1'};

} // namespace

QString exactText(const QTextDocument &document)
{
    return document.toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

QString exactText(const QTextCursor &selection)
{
    return selection.selectedText().replace(QChar::ParagraphSeparator, u'\n');
}

QString heldText(const QString &text)
{
    QString held = text;
    for (const char16_t end : lineEnds)
        held.replace(QChar(end), u"\\u"_s + QString::number(end, 16));
    return held;
}

QString heldText(const QByteArray &utf8)
{
    return heldText(QString::fromUtf8(utf8));
}

bool isHeld(const QByteArray &utf8)
{
    return std::ranges::none_of(
        lineEnds, [&](char16_t end) { return utf8.contains(QStringView(&end, 1).toUtf8()); });
}

QString ExactTextEdit::exactToCaret() const
{
    return exact().left(textCursor().position());
}

QMimeData *ExactTextEdit::createMimeDataFromSelection() const
{
    auto *selected = new QMimeData; // of the clipboard
    selected->setText(exactText(textCursor()));
    return selected;
}

void ExactTextEdit::insertFromMimeData(const QMimeData *source)
{
    QMimeData held;
    if (source->hasText())
        held.setText(heldText(source->text()));
    QPlainTextEdit::insertFromMimeData(&held);
}

} // namespace console
