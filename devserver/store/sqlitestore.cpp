// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/sqlitestore.h"

#include "devserver/store/queryreader.h"

#include <QDateTime>
#include <QFileInfo>
#include <QPromise>

#include <variant>

using namespace Qt::StringLiterals;

namespace devserver::store {

SqliteStore::SqliteStore(const QString &path, Durability durability)
    : m_temporary(durability == Durability::None ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_path(m_temporary ? m_temporary->filePath(u"redrive.db"_s) : path)
    , m_durability(durability)
    , m_queries(std::make_unique<QueryReader>(m_path, &m_closing))
    , m_writer(u"store writer"_s, [this] { m_file.checkpoint(); })
    , m_reader(u"store reader"_s)
{
    m_surveys.setMaxThreadCount(1);
    m_surveys.setExpiryTimeout(0); // rarely asked for: its thread need not wait for the next
}

SqliteStore::~SqliteStore()
{
    close();
}

QFuture<Result<Snapshot>> SqliteStore::open(Finished finished)
{
    auto read = [this]() -> Result<Snapshot> {
        if (m_temporary && !m_temporary->isValid()) {
            return failure(ErrorCode::Store,
                           u"cannot create a temporary folder: "_s + m_temporary->errorString());
        }
        Result<Snapshot> snapshot = m_file.open(m_path, m_durability);
        m_dataBytes = m_file.dataBytes();
        const QDateTime born = QFileInfo(m_path).fileTime(QFileDevice::FileBirthTime);
        m_bornAt = born.isValid() ? born.toMSecsSinceEpoch() : 0;
        return snapshot;
    };
    return m_writer.run(std::move(read), std::move(finished));
}

QFuture<Result<void>> SqliteStore::commit(Writes writes, Finished finished)
{
    auto write = [this, writes = std::move(writes)] {
        const Result<void> done = m_file.commit(writes);
        if (done)
            m_dataBytes = m_file.dataBytes();
        if (m_file.wantsLongerLog()) // behind what waits already, and nobody waits for it
            static_cast<void>(m_writer.run([this]() -> Result<void> {
                m_file.lengthenLog();
                return {};
            }));
        return done;
    };
    return m_writer.run(std::move(write), std::move(finished));
}

QFuture<Result<Recalled>> SqliteStore::recall(Recall recall, Finished finished)
{
    return m_writer.run([this, recall = std::move(recall)] { return m_file.recall(recall); },
                        std::move(finished));
}

QFuture<Result<api::QueryAnswer>> SqliteStore::query(api::Query query, Withdrawn withdrawn)
{
    if (std::holds_alternative<api::StorageQuery>(query))
        return survey(std::move(query), std::move(withdrawn));
    return m_reader.run([this, query = std::move(query),
                         withdrawn = std::move(withdrawn)]() -> Result<api::QueryAnswer> {
        return answer(m_queries.get(), query, withdrawn);
    });
}

/// Reads the whole file, which takes seconds when it is large; nothing else may wait for that.
QFuture<Result<api::QueryAnswer>> SqliteStore::survey(api::Query query, Withdrawn withdrawn)
{
    auto promise = std::make_shared<QPromise<Result<api::QueryAnswer>>>();
    promise->start();
    QFuture<Result<api::QueryAnswer>> future = promise->future();
    m_surveys.start([this, promise, query = std::move(query), withdrawn = std::move(withdrawn)] {
        QueryReader reader(m_path, &m_closing);
        promise->addResult(answer(&reader, query, withdrawn));
        reader.close();
        promise->finish();
    });
    return future;
}

Result<api::QueryAnswer> SqliteStore::answer(QueryReader *reader, const api::Query &query,
                                             const Withdrawn &withdrawn) const
{
    if (m_closing)
        return failure(ErrorCode::Stopping, u"the store is closing"_s);
    if (withdrawn && *withdrawn)
        return failure(ErrorCode::Stopping, u"nobody waits for the answer any more"_s);
    return reader->answer(query, withdrawn.get());
}

void SqliteStore::close()
{
    m_closing = true;
    m_surveys.waitForDone();
    // The writer leaves last: who closes the last connection empties the log.
    m_reader.stop([this] { m_queries->close(); });
    m_writer.stop([this] { m_file.close(); });
    m_temporary.reset();
}

} // namespace devserver::store
