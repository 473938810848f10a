// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/inspection.h"
#include "ui/widgets/backgroundjob.h"

#include <QJsonObject>
#include <QPointer>
#include <QWidget>

#include <array>

class QLabel;
class QStackedLayout;
class QTabBar;
class QTimer;

namespace devserver {
struct Error;
} // namespace devserver

namespace devserver::api {
class Reply;
struct RunSummary;
} // namespace devserver::api

namespace console {

struct Context;
class EmptyState;
class InfoBarStack;
class InspectorAttempts;
class InspectorCalls;
class InspectorError;
class InspectorHeader;
class InspectorOverview;
class PayloadView;
struct SubjectFacts;

/// Everything about what is selected (ui.md §8): follows the selection unless it is pinned, keeps
/// what it shows until the new is there, or cannot be read. GUI thread.
class Inspector : public QWidget
{
    Q_OBJECT

public:
    explicit Inspector(Context &context, QWidget *parent = nullptr);
    ~Inspector() override;

    [[nodiscard]] bool isPinned() const;
    /// What names the subject, for the title bar of a dock: one header is enough. It shows itself
    /// as long as there is a subject; this goes on filling it.
    [[nodiscard]] QWidget *takeHeader();
    /// All of a window, this one among them.
    static constexpr int mostInspectors = 4;

    [[nodiscard]] const Inspection &inspection() const { return m_inspection; }

    /// What this one and the further ones are pinned to, for the next start.
    [[nodiscard]] QJsonObject saveSpot() const;
    void restoreSpot(const QJsonObject &spot);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum Tab { Overview, Attempts, Error, Input, Output, Calls, Raw, TabCount };

    void buildPages();
    /// \a of says above \a payload whose it is, \a note how to read it.
    QWidget *makePayloadPage(QLabel *of, PayloadView *payload, QLabel *note = nullptr);
    /// Its own window, pinned to what is shown here.
    void openAnother();
    Inspector *openFor(const Selection &selection);
    void countOthers();
    void showCalls(devserver::RunId run);
    [[nodiscard]] Inspector *root();
    void follow(const Selection &selection);
    void inspect(const Selection &selection);
    void showNothing();
    void ask();
    void readAgain();
    void take(Inspection inspection);
    void takeRuns(const std::vector<devserver::api::RunSummary> &runs);
    void takeCatalog();
    void showTabs();
    void rememberTab(int tab);
    void showPage();
    void showHeader();
    void showOverview();
    void showInput();
    void showOutput();
    void showRaw();
    void showPlaceholder(const QString &text, const QString &detail);
    void showFailure(const devserver::Error &error);
    void showProblem(const QString &text);
    [[nodiscard]] QString tabKey() const;
    [[nodiscard]] bool hasContent() const;
    [[nodiscard]] SubjectFacts facts() const;

    Context &m_context;
    Selection m_wanted;      ///< what was asked for, shown or not
    Inspection m_inspection; ///< what is shown
    bool m_wantsTab = false; ///< the tab of the settings, when what was asked for is there
    QPointer<devserver::api::Reply> m_reply;
    bool m_isStale = false;     ///< it changed while a question is under way
    bool m_isSwitching = false; ///< tabs are being set up
    bool m_isUnread = false;    ///< what was asked for: its heading and why is all that is shown
    BackgroundJob m_inputJob;
    BackgroundJob m_rawJob;
    QTimer *m_clock;
    QTimer *m_nothing; ///< a view that comes may tell what it has: until then nothing is blanked
    QPointer<InspectorHeader> m_header; ///< in the title of a dock it goes with that
    InfoBarStack *m_infoBars;
    QTabBar *m_tabs;
    QWidget *m_rule = nullptr;
    QStackedLayout *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    InspectorOverview *m_overview = nullptr;
    InspectorAttempts *m_attempts = nullptr;
    InspectorError *m_error = nullptr;
    QLabel *m_inputOf = nullptr; ///< which of the requests it is
    QLabel *m_inputNote = nullptr;
    PayloadView *m_input = nullptr;
    QLabel *m_outputOf = nullptr; ///< what returned it
    PayloadView *m_output = nullptr;
    InspectorCalls *m_calls = nullptr;
    PayloadView *m_raw = nullptr;
};

} // namespace console
