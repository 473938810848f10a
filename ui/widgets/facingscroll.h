// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <vector>

class QPlainTextEdit;

namespace console {

/// Two texts side by side scroll as one: a line stands beside what it was, or what became of it.
/// Neither is wrapped. It goes with the one before.
class FacingScroll final : public QObject
{
    Q_OBJECT

public:
    FacingScroll(QPlainTextEdit *before, QPlainTextEdit *after);

    /// For each line of one text the line of the other that it stands beside; what is not told has
    /// the same number.
    struct Lines {
        std::vector<int> before; ///< by line of the text after
        std::vector<int> after;  ///< by line of the text before
    };

    void setLines(Lines lines);

private:
    /// Of the upper left corner.
    struct Place {
        int line = 0;
        int x = 0;

        bool operator==(const Place &) const = default;
    };

    [[nodiscard]] static Place placeOf(const QPlainTextEdit *edit);
    void look(const QPlainTextEdit *edit);
    void follow(const QPlainTextEdit *moved);

    QPlainTextEdit *m_before;
    QPlainTextEdit *m_after;
    Lines m_lines;
    Place m_placeBefore;
    Place m_placeAfter;
    bool m_isFollowing = false;
};

} // namespace console
