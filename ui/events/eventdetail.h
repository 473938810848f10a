// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/matchingverdicts.h"
#include "ui/widgets/context.h"

#include <QPointer>
#include <QWidget>

#include <chrono>
#include <optional>

class QLabel;
class QTabWidget;
class QToolButton;

namespace console {

class EmptyState;
class EventRunsModel;
class IdLabel;
class LinkText;
class MatchingModel;
class PayloadView;
class PlainTable;
class TextClock;

/// Everything about one event: payload, why functions did or did not start, its runs, its raw bytes
/// (ui.md §9). Asks for the record; runs are kept current.
class EventDetail final : public QWidget
{
    Q_OBJECT

public:
    enum Tab { PayloadTab, MatchingTab, RunsTab, RawTab };

    explicit EventDetail(Context &context, QWidget *parent = nullptr);

    /// A null id clears it. The one that is shown already is asked for again only if it could not
    /// be read.
    void showRecordOf(devserver::EventId event);
    void showTab(Tab tab);

    /// Nothing until the record is there.
    [[nodiscard]] const std::optional<devserver::api::EventRecord> &record() const
    {
        return m_record;
    }

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void recordShown();
    /// What is shown could not be read again. The first time it is said in its place.
    void failed(const devserver::Error &error);

private:
    [[nodiscard]] QToolButton *makeButton(const QByteArray &action, const QString &name);
    void makeHeader();
    void makeTabs();
    void noteRun(const devserver::api::RunSummary &run);
    void take(const devserver::api::EventRecord &record);
    void showHeader();
    std::optional<std::chrono::milliseconds> showTimes();
    void ask();
    void showFailure(const devserver::Error &error);
    void showMatching();
    std::optional<std::chrono::milliseconds> showVerdicts();
    void giveMenus();
    void openMatching(int row);
    void toggleOthers();
    void spanOthers();
    void openRun(devserver::RunId run);

    Context &m_context;
    devserver::EventId m_shown;
    std::optional<devserver::api::EventRecord> m_record;
    QPointer<devserver::api::Reply> m_request;
    QWidget *m_header;
    QLabel *m_title;
    IdLabel *m_id;
    QLabel *m_facts;
    QTabWidget *m_tabs;
    PayloadView *m_payload;
    PayloadView *m_raw;
    EmptyState *m_instead; ///< of header and tabs, when there is no record
    QWidget *m_matchingPage;
    LinkText *m_summary;
    QWidget *m_rule; ///< below it, where the table has no header
    MatchingModel *m_matching;
    PlainTable *m_matchingTable;
    EventRunsModel *m_runs;
    PlainTable *m_runsTable;
    TextClock *m_headerTexts;
    TextClock *m_matchingTexts;
    TextClock *m_runsTexts;
};

} // namespace console
