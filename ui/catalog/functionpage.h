// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/figures.h"
#include "ui/widgets/context.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QTabWidget;
class QToolButton;
class QVBoxLayout;

namespace console {

class FunctionSteps;
class RunStrip;
class TitleLabel;
struct ConfigLine;

/// One function: its triggers, how its last runs and their steps went, and its configuration in
/// sentences.
class FunctionPage final : public QWidget
{
    Q_OBJECT

public:
    explicit FunctionPage(Context &context, QWidget *parent = nullptr);

    /// Empty: nothing is selected.
    void showFunction(const QByteArray &slug);

    [[nodiscard]] QByteArray slug() const { return m_slug; }

    /// How its last runs went.
    void askStats();

Q_SIGNALS:
    /// What it shows of the last runs is right.
    void statsRead();
    /// What was shown of the same function stays.
    void statsFailed(const devserver::Error &error);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildHeader(QVBoxLayout *layout);
    [[nodiscard]] QWidget *buildOverview();
    void fill();
    void fillConfiguration(const devserver::Function &function);
    void addNotEnforced(QGridLayout *grid);
    void addSetting(QGridLayout *grid, const ConfigLine &line);
    [[nodiscard]] QVBoxLayout *addSettingRow(QGridLayout *grid, const QString &title);
    void showStats(const devserver::api::FunctionStats &stats);
    void showUnread();
    void showLastError(const devserver::api::RunSummary *run);

    Context &m_context;
    QByteArray m_slug;
    TitleLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    QTabWidget *m_tabs = nullptr;
    QLabel *m_triggersTitle = nullptr;
    QLabel *m_triggers = nullptr;
    RunStrip *m_strip = nullptr;
    QLabel *m_legend = nullptr;
    QLabel *m_figures = nullptr;
    QLabel *m_errorTitle = nullptr;
    QLabel *m_lastError = nullptr;
    QWidget *m_configuration = nullptr;
    FunctionSteps *m_steps = nullptr;
    bool m_hasStats = false;   ///< of this function
    bool m_isOutdated = false; ///< nobody looks: read when somebody does
    bool m_isAsking = false;
    bool m_isStale = false;
};

} // namespace console
