// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/letters/sheet.h"

#include <QPointer>

class QCheckBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace console {

/// How many letters are retried, and how (ui.md 11). The engine is asked for the number of exactly
/// this selection; until it has answered nothing can be started.
class BulkSheet final : public Sheet
{
    Q_OBJECT

public:
    BulkSheet(Context &context, SheetArea *over);

    /// All open letters that the query finds; \a what: `in "TimeoutError"`.
    void openFor(const devserver::api::LetterIdsQuery &query, const QString &what);
    /// Exactly these.
    void openFor(std::vector<devserver::RunId> runs, const QString &what);

Q_SIGNALS:
    /// \a runs  of the plan; \a count of them could be retried
    void started(devserver::BulkId bulk, const std::vector<devserver::RunId> &runs, int count);
    void refused(const devserver::Error &error);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void begin(const QString &what);
    void preview(std::vector<devserver::RunId> runs);
    void showCount(const devserver::api::BulkPreview &preview);
    void showProblem(const devserver::Error &error);
    /// What the title and the button do not say.
    void sayCount(const QString &words);
    void go();
    void forget();
    [[nodiscard]] devserver::BulkPlan plan() const;

    QString m_what;
    std::vector<devserver::RunId> m_runs;
    QPointer<devserver::api::Reply> m_request;
    int m_eligible = 0;
    QLabel *m_count;
    QRadioButton *m_canary;
    QRadioButton *m_paced;
    QRadioButton *m_now;
    QSpinBox *m_rate;
    QCheckBox *m_stops;
    QSpinBox *m_stop;
    QPushButton *m_go;
    QPushButton *m_cancel;
};

} // namespace console
