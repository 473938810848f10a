// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/jsonformat.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace console {

class LineIndex;
using LineIndexPtr = std::shared_ptr<const LineIndex>;

/// A text and where its rows begin. A line of more bytes than a row may have goes on in the next row,
/// so that painting one row never costs more. Immutable; any thread.
class LineIndex
{
public:
    static constexpr qsizetype longestRow = 1024; ///< bytes

    /// Cost: one pass. A set flag ends it early. \a rowBytes  where lines are wrapped.
    [[nodiscard]] static LineIndexPtr of(QByteArray text, const CancelFlag *isCancelled = nullptr,
                                         qsizetype rowBytes = longestRow);

    [[nodiscard]] const QByteArray &text() const { return m_text; }

    [[nodiscard]] int rowCount() const { return static_cast<int>(m_starts.size()); }

    [[nodiscard]] qsizetype start(int row) const { return m_starts[static_cast<std::size_t>(row)]; }

    /// Without its line end.
    [[nodiscard]] QByteArrayView row(int row) const;
    /// The row that this offset is in.
    [[nodiscard]] int rowAt(qsizetype offset) const;
    /// It goes on from the row before.
    [[nodiscard]] bool isContinued(int row) const;

    /// Bytes of the longest row.
    [[nodiscard]] qsizetype widestRow() const { return m_widest; }

    /// Bytes of the longest line, wrapped or not.
    [[nodiscard]] qsizetype longestLine() const { return m_longestLine; }

private:
    QByteArray m_text;
    std::vector<qsizetype> m_starts;
    qsizetype m_widest = 0;
    qsizetype m_longestLine = 0;
};

/// Offsets of all places with these bytes, letters A-Z and a-z being the same; at most \a most.
[[nodiscard]] std::vector<qsizetype> findAll(QByteArrayView text, QByteArrayView words, int most,
                                             const CancelFlag *isCancelled = nullptr);

} // namespace console
