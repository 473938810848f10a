// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "ui/core/draft.h"

#include <QByteArrayList>
#include <QCoreApplication>

#include <array>
#include <map>

namespace console {

/// What a draft makes of itself: without comments, placeholders resolved for each copy; an array is
/// as many events as it has elements (ui.md §10). Any thread.
class DraftEvents
{
    Q_DECLARE_TR_FUNCTIONS(DraftEvents)

public:
    using Files = std::map<QByteArray, devserver::Result<QByteArray>>; ///< by path as written

    DraftEvents() = default;
    explicit DraftEvents(const Draft &draft);

    [[nodiscard]] const Draft &draft() const { return m_draft; }

    /// Without comments.
    [[nodiscard]] const QByteArray &text() const { return m_text; }

    /// Paths of `{{file …}}`; what is in them is to be set before the rest is asked for.
    [[nodiscard]] QByteArrayList paths() const;
    /// Blocks. \a folder  where paths begin; empty: the working folder
    [[nodiscard]] static Files read(const QByteArrayList &paths, const QString &folder);
    /// \returns why one of them could not be read; empty: all were
    [[nodiscard]] QString setFiles(Files files);

    /// `{{seq}}` of the first copy.
    void setFirstSeq(qint64 seq) { m_firstSeq = seq; }

    /// The data of one copy, from 1. \returns `InvalidInput` for a placeholder that is not known
    [[nodiscard]] devserver::Result<QByteArray> data(int copy, devserver::TimePoint now) const;
    /// The events of one copy, of a draft whose first copy has data.
    [[nodiscard]] QByteArrayList events(int copy, devserver::TimePoint now) const;
    /// The draft with what its placeholders stand for in a copy, and without comments; those of the
    /// environment stay, as what they stand for may be a secret.
    [[nodiscard]] Draft asSent(int copy, devserver::TimePoint now) const;
    /// The same as they are sent: an array if there are several, or one is written as an array.
    [[nodiscard]] QByteArray request(int copy, devserver::TimePoint now) const;

private:
    /// Which part of the draft; each has random values of its own, the same ones each time.
    enum class Part : quint32 { Data, User, Id };
    enum class Env { Resolved, Kept };

    [[nodiscard]] devserver::Result<QByteArray>
    resolved(Part part, int copy, devserver::TimePoint now, Env env = Env::Resolved) const;
    [[nodiscard]] QByteArray id(int copy, devserver::TimePoint now, Env env = Env::Resolved) const;

    Draft m_draft;
    QByteArray m_text;
    Files m_files;
    qint64 m_firstSeq = 1;
    std::array<quint32, 4> m_seed{};
};

} // namespace console
