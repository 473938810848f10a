// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/format.h"
#include "ui/core/theme.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>

namespace console {

class SettingsFile;

enum class Density { Compact, Normal, Roomy };

/// What a person chose and what the window remembers (ui.md §25): one INI file. Unknown keys are
/// kept; a file of a newer version is only read. GUI thread, which waits for the file in `write`
/// and at the end, together no longer than two seconds.
class Settings final : public QObject
{
    Q_OBJECT

public:
    /// \a path of the file; empty: nothing is kept (tests).
    explicit Settings(const QString &path = {}, QObject *parent = nullptr);
    ~Settings() override;

    // Choices; `changed` follows.
    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);
    [[nodiscard]] int fontPercent() const; ///< 80..200
    void setFontPercent(int percent);
    [[nodiscard]] Density density() const;
    void setDensity(Density density);
    [[nodiscard]] TimeStyle timeStyle() const;
    void setTimeStyle(TimeStyle style);
    /// Lines of texts that are only read: payloads, comparisons, headers.
    [[nodiscard]] bool wrapsLines() const;
    void setWrapsLines(bool wraps);
    [[nodiscard]] bool hasSingleKeys() const;
    void setSingleKeys(bool areOn);
    /// As chosen, else as the desktop wishes.
    [[nodiscard]] bool reducesMotion() const;
    void setReducesMotion(bool reduces);
    /// Nothing is chosen: the desktop's wish is in force.
    void resetMotion();
    void setMotionWish(bool reduces);
    /// Command with `{file}`, `{line}`, `{column}`; empty: none chosen.
    [[nodiscard]] QString editorCommand() const;
    void setEditorCommand(const QString &command);

    /// While runs are being executed.
    [[nodiscard]] bool asksBeforeQuit() const;
    void setAsksBeforeQuit(bool asks);
    /// All questions that were switched off are asked again.
    void askAgain();

    /// Anything else, by a key with slashes: `runs/columns`. State of windows, drafts, history.
    [[nodiscard]] QVariant value(const QString &key, const QVariant &fallback = {}) const;
    void setValue(const QString &key, const QVariant &value);
    /// With everything below it.
    void remove(const QString &key);
    /// Puts \a text at the front of a list, which has \a most texts then, or all with 0. What
    /// another window put there meanwhile stays.
    void prepend(const QString &key, const QString &text, qsizetype most = 0);
    /// Takes \a text from a list.
    void drop(const QString &key, const QString &text);
    /// Now, not a little later: another process is about to read it. Waits for it, but not long.
    void write();
    /// Without waiting: \a then is called when all is written, or takes too long. Not called after
    /// the end of this.
    void whenWritten(std::function<void()> then);
    /// What could not be written, at once.
    void tryAgain();

    /// What was wrong with the file, once; empty if nothing was.
    [[nodiscard]] QString problem() const { return m_problem; }

    /// Height of a list row at this density and font, in device-independent pixels.
    [[nodiscard]] int rowHeight() const;

Q_SIGNALS:
    void changed();
    /// The file cannot be written: what is wrong, once.
    void writeFailed(const QString &problem);
    /// After that: it was written.
    void writeRecovered();

private:
    void open(const QString &path);
    void migrate(int from);
    void movePlaces();

    std::unique_ptr<SettingsFile> m_file;
    QString m_problem;
    bool m_motionWish = false;
};

} // namespace console
