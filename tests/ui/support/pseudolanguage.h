// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTranslator>

namespace console::test {

/// A language with letters that no text of the program has by itself, 40 % longer (ui.md §24).
class PseudoLanguage final : public QTranslator
{
public:
    static constexpr QChar marker = QChar(0x27e6); ///< before every translated text

    [[nodiscard]] bool isEmpty() const override { return false; }

    [[nodiscard]] QString translate(const char *context, const char *source, const char *,
                                    int n) const override
    {
        Q_UNUSED(n)
        if (QByteArrayView(context).startsWith("Q")) // Qt's own texts
            return {};
        const QString text = QString::fromUtf8(source);
        QString made(marker);
        bool isKept = false; // after % and %L, and the mnemonic after &
        for (const QChar letter : text) {
            made += isKept ? letter : accented(letter);
            isKept = letter == QLatin1Char('%') || letter == QLatin1Char('&')
                     || (isKept && letter == QLatin1Char('L'));
        }
        return made + QString(text.size() * 4 / 10, QLatin1Char('~')) + QChar(0x27e7);
    }

private:
    [[nodiscard]] static QChar accented(QChar letter)
    {
        static const QString plain = QStringLiteral("aeiouAEIOUnscy");
        static const QString marked = QStringLiteral("àéîõüÀÉÎÕÜñšçý");
        const qsizetype at = plain.indexOf(letter);
        return at < 0 ? letter : marked.at(at);
    }
};

} // namespace console::test
