// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pagedtablemodel.h"

#include <QByteArray>

#include <utility>

namespace console {

/// Whether the details beside a list are of a row that a new filter leaves out, or of a list that
/// has none any more. One that leaves the list by itself stays: somebody may be reading it. So does
/// one that may be further down.
class LeftOut
{
public:
    /// Another filter is asked for. \a isKnown  it leaves that row out for sure: what its row says,
    /// the rows to come may not say
    void noteOtherQuestion(bool isKnown)
    {
        m_isOtherQuestion = true;
        m_isKnown = isKnown;
    }

    /// Of the rows that came, once. \a shown  id of the row that the details are of
    [[nodiscard]] bool take(const PagedTableModel &model, const QByteArray &shown)
    {
        const bool isOther = std::exchange(m_isOtherQuestion, false);
        const bool isGone = isOther && model.rowOf(shown) < 0 && (m_isKnown || !model.hasMore());
        return model.rowCount() == 0 || isGone;
    }

private:
    bool m_isOtherQuestion = false; ///< its rows are not there yet
    bool m_isKnown = false;
};

} // namespace console
