// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/savedviews.h"
#include "ui/core/theme.h"

#include <QWidget>

#include <map>
#include <vector>

class QButtonGroup;
class QVBoxLayout;

namespace console {

class RailButton;
class RunningWork;
struct Context;

/// The views to choose from, at the left: 184 px with labels, 56 px without (ui.md §5). Badges say
/// what runs, waits, is dead or cannot be reached.
class NavRail final : public QWidget
{
    Q_OBJECT

public:
    explicit NavRail(Context &context, QWidget *parent = nullptr);

    void setLabelsShown(bool areShown);

    [[nodiscard]] bool areLabelsShown() const { return m_areLabelsShown; }

    void setCurrent(const QByteArray &view);
    /// Where F6 goes.
    [[nodiscard]] QWidget *currentButton() const;
    void setCounters(const devserver::api::Counters &counters);

Q_SIGNALS:
    void chosen(const QByteArray &view);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setBadge(const QByteArray &view, qint64 count, const QString &spoken, Token tint);
    void countApps();
    void enableViews();
    /// Without those of muted groups.
    void countDead();
    void showWork();
    void addFoot(QVBoxLayout *layout);
    /// The saved views, each below the entry of its view.
    void listSavedViews();
    RailButton *addSaved(int row, const QString &title, const QString &name);
    void showMoreSaved(QWidget *below);

    Context &m_context;
    QButtonGroup *m_group;
    std::map<QByteArray, RailButton *> m_buttons;
    std::vector<RailButton *> m_foot;
    std::vector<RailButton *> m_saved;
    std::vector<SavedView> m_savedInMenu; ///< for which there is no room
    RunningWork *m_work;
    qint64 m_dead = 0; ///< open ones, also muted
    bool m_areLabelsShown = true;
};

} // namespace console
