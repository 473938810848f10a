// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/settingsfile.h"

#include "ui/core/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QLoggingCategory>
#include <QMutex>
#include <QRegularExpression>
#include <QSettings>
#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds pauseOfTries{2000};
constexpr QLatin1StringView draftName("draft");
constexpr QLatin1StringView copyName("copy");

Q_LOGGING_CATEGORY(lcSettings, "console.ui.settings")

SettingsFile::Values contentOf(const QSettings &file)
{
    SettingsFile::Values values;
    for (const QString &key : file.allKeys())
        values.insert(key, file.value(key));
    return values;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The file has words only, and a list of one is a word there. An empty one is as good as none.
bool isSame(const QVariant &one, const QVariant &other)
{
    const auto words = [](const QVariant &value) {
        if (value.typeId() == QMetaType::QStringList)
            return value.toStringList();
        return value.isValid() ? QStringList{value.toString()} : QStringList();
    };
    if (one.typeId() == other.typeId())
        return one == other;
    const bool hasBytes =
        one.typeId() == QMetaType::QByteArray || other.typeId() == QMetaType::QByteArray;
    return !hasBytes && words(one) == words(other);
}

QStringList listAfter(const SettingsChange &change, QStringList list)
{
    const QString text = change.value.toString();
    list.removeAll(text);
    if (change.kind == SettingsChange::Kind::Prepend)
        list.prepend(text);
    return change.most > 0 ? list.mid(0, change.most) : list;
}

void apply(const SettingsChange &change, SettingsFile::Values &values)
{
    switch (change.kind) {
    case SettingsChange::Kind::Set:
        values.insert(change.key, change.value);
        break;
    case SettingsChange::Kind::Remove:
        values.removeIf([below = change.key + u'/', &change](const auto &entry) {
            return entry.key() == change.key || entry.key().startsWith(below);
        });
        break;
    case SettingsChange::Kind::Prepend:
    case SettingsChange::Kind::Drop:
        values.insert(change.key, listAfter(change, values.value(change.key).toStringList()));
        break;
    }
}

void apply(const SettingsChange &change, QSettings &file)
{
    switch (change.kind) {
    case SettingsChange::Kind::Set:
        file.setValue(change.key, change.value);
        break;
    case SettingsChange::Kind::Remove:
        file.remove(change.key);
        break;
    case SettingsChange::Kind::Prepend:
    case SettingsChange::Kind::Drop:
        file.setValue(change.key, listAfter(change, file.value(change.key).toStringList()));
        break;
    }
}

/// Folders for drafts of this file, with nothing else in them.
QStringList draftsOf(const QString &path)
{
    const QFileInfo file(path);
    const QDir beside = file.dir();
    static const QRegularExpression random(u"^[A-Za-z]{6}$"_s); // as QTemporaryDir fills in
    QStringList drafts;
    for (const QString &name : beside.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString start = file.fileName() + u'.';
        if (!name.startsWith(start) || !random.match(name.mid(start.size())).hasMatch())
            continue;
        const QString folder = beside.filePath(name);
        const QStringList inside =
            QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        if (std::ranges::all_of(inside, [](const QString &each) {
                return each.startsWith(draftName) || each.startsWith(copyName);
            }))
            drafts.append(folder);
    }
    return drafts;
}

} // namespace

struct SettingsFile::Written {
    bool isThere = false;
    Values news; ///< what others changed; invalid: they removed it
};

/// Of the thread.
class SettingsFile::Writer
{
public:
    Writer(QString path, Values seen)
        : m_path(std::move(path))
        , m_seen(std::move(seen))
    {}

    /// Takes away what a kill has left in the middle of a write.
    void tidyUp() const
    {
        if (draftsOf(m_path).isEmpty())
            return;
        QLockFile lock(lockPath());
        lock.setStaleLockTime(0);
        if (!lock.tryLock()) // another one writes now, and that may be its draft
            return;
        for (const QString &draft : draftsOf(m_path))
            QDir(draft).removeRecursively();
    }

    Written write(const QList<SettingsChange> &changes)
    {
        m_unwritten += changes;
        std::optional<Values> now = rewrite();
        if (!now)
            return {}; // with the next ones
        Values expected = std::exchange(m_seen, *std::move(now));
        for (const SettingsChange &change : std::exchange(m_unwritten, {}))
            apply(change, expected);
        Written written{.isThere = true, .news = {}};
        for (auto value = m_seen.cbegin(); value != m_seen.cend(); ++value) {
            if (!isSame(expected.take(value.key()), *value))
                written.news.insert(value.key(), *value);
        }
        for (auto gone = expected.cbegin(); gone != expected.cend(); ++gone)
            written.news.insert(gone.key(), {});
        return written;
    }

private:
    /// As QSettings names it: other versions wait for it.
    [[nodiscard]] QString lockPath() const { return m_path + u".lock"_s; }

    /// What others changed meanwhile is kept. `QSettings` may leave a part of the file when the
    /// disk is full and say that it is written: it gets a copy, which is looked at.
    /// \returns what is in the file then; nothing: it is as it was.
    std::optional<Values> rewrite() const
    {
        QLockFile lock(lockPath());
        lock.setStaleLockTime(0);
        if (!QDir().mkpath(QFileInfo(m_path).path()) || !lock.lock())
            return std::nullopt;
        const QTemporaryDir folder(m_path + u".XXXXXX"_s);
        const QString draft = folder.filePath(draftName);
        if (!folder.isValid() || (QFileInfo::exists(m_path) && !QFile::copy(m_path, draft)))
            return std::nullopt;
        Values values;
        {
            QSettings file(draft, QSettings::IniFormat);
            for (const SettingsChange &change : m_unwritten)
                apply(change, file);
            file.sync();
            if (file.status() == QSettings::AccessError)
                return std::nullopt;
            values = contentOf(file);
        }
        const QByteArray bytes = bytesOf(draft);
        if (bytes == bytesOf(m_path))
            return values;
        const QString copy = folder.filePath(copyName); // it would not read the same name again
        const bool isWhole = bytes.endsWith('\n') || values.isEmpty();
        if (!isWhole || !QFile::rename(draft, copy)
            || QSettings(copy, QSettings::IniFormat).allKeys().size() != values.size())
            return std::nullopt;
        if (const QString trouble = writeWhole(m_path, bytes); !trouble.isEmpty()) {
            qCWarning(lcSettings) << m_path << trouble;
            return std::nullopt;
        }
        return values;
    }

    QString m_path;
    Values m_seen;
    QList<SettingsChange> m_unwritten;
};

/// How the thread reaches the window, which may be gone when a disk answers at last.
struct SettingsFile::Link {
    QMutex mutex;
    SettingsFile *file = nullptr;
};

SettingsFile::SettingsFile(QString path)
    : m_path(std::move(path))
    , m_isKept(!m_path.isEmpty())
{
    m_again.setSingleShot(true);
    m_again.setInterval(pauseOfTries);
    connect(&m_again, &QTimer::timeout, this, &SettingsFile::start);
    m_mostWait.setSingleShot(true);
    m_mostWait.setInterval(patience);
    connect(&m_mostWait, &QTimer::timeout, this, &SettingsFile::goOn);
    if (!m_isKept)
        return;
    const QSettings file(m_path, QSettings::IniFormat);
    m_isBroken = file.status() == QSettings::FormatError;
    m_isKept = !m_isBroken;
    if (!m_isKept)
        return;
    m_values = contentOf(file);
    m_writer = std::make_shared<Writer>(m_path, m_values);
    m_link = std::make_shared<Link>();
    m_link->file = this;
    m_thread = std::make_unique<QThreadPool>();
    m_thread->setMaxThreadCount(1);
    m_thread->start([writer = m_writer] { writer->tidyUp(); });
}

SettingsFile::~SettingsFile()
{
    if (!m_thread)
        return;
    write();
    {
        const QMutexLocker locker(&m_link->mutex);
        m_link->file = nullptr;
    }
    if (!m_thread->waitForDone(0))
        std::ignore = m_thread.release(); // it would wait for what does not end
}

void SettingsFile::change(const SettingsChange &change)
{
    // Not what is there already: another window may have changed it in the file since.
    if (change.kind == SettingsChange::Kind::Set
        && isSame(m_values.value(change.key), change.value))
        return;
    apply(change, m_values);
    if (!m_isKept)
        return;
    m_pending.append(change);
    if (m_sent.isEmpty() && !std::exchange(m_isToStart, true))
        QMetaObject::invokeMethod(this, &SettingsFile::start, Qt::QueuedConnection);
}

void SettingsFile::start()
{
    m_isToStart = false;
    if (m_pending.isEmpty() && !m_isFailing)
        return;
    m_sent.append(std::exchange(m_pending, {}));
    m_thread->start([writer = m_writer, link = m_link, changes = m_sent.back()] {
        const Written written = writer->write(changes);
        const QMutexLocker locker(&link->mutex);
        if (SettingsFile *file = link->file)
            QMetaObject::invokeMethod(
                file, [file, written] { file->take(written); }, Qt::QueuedConnection);
    });
}

void SettingsFile::write()
{
    if (!m_thread)
        return;
    start();
    const std::chrono::milliseconds most = patience;
    if (m_isLate || m_thread->waitForDone(static_cast<int>(most.count())))
        return;
    m_isLate = true;
    qCWarning(lcSettings) << m_path << "takes long to be written";
}

void SettingsFile::whenWritten(std::function<void()> then)
{
    m_waiting.push_back(std::move(then));
    if (m_thread)
        start();
    if (m_sent.isEmpty())
        goOn();
    else
        m_mostWait.start();
}

void SettingsFile::goOn()
{
    m_mostWait.stop();
    for (const std::function<void()> &then : std::exchange(m_waiting, {}))
        then();
}

void SettingsFile::tryAgain()
{
    if (m_isFailing && m_sent.isEmpty())
        start();
}

void SettingsFile::take(const Written &written)
{
    m_isLate = false;
    m_sent.removeFirst();
    const bool isAll = m_sent.isEmpty();
    if (!written.isThere) {
        m_again.start();
        if (!std::exchange(m_isFailing, true)) {
            qCWarning(lcSettings) << m_path << "cannot be written";
            Q_EMIT failed();
        }
    } else {
        m_again.stop();
        if (std::exchange(m_isFailing, false))
            Q_EMIT recovered();
        for (auto news = written.news.cbegin(); news != written.news.cend(); ++news) {
            if (news->isValid())
                m_values.insert(news.key(), *news);
            else
                m_values.remove(news.key());
        }
        // Later than those.
        for (const QList<SettingsChange> &sent : std::as_const(m_sent)) {
            for (const SettingsChange &change : sent)
                apply(change, m_values);
        }
        for (const SettingsChange &change : std::as_const(m_pending))
            apply(change, m_values);
    }
    if (m_sent.isEmpty() && !m_pending.isEmpty())
        start();
    if (isAll)
        goOn();
}

} // namespace console
