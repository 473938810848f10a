// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/view.h"

#include <map>
#include <optional>
#include <set>

class QCheckBox;
class QMenu;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace console {

class ActionRow;
class BulkProgress;
class BulkSheet;
class DiscardSheet;
class EmptyState;
class FilterMiss;
class FilterEdit;
class FilterLine;
class LetterActions;
class LetterDetail;
class LetterExport;
class LetterListModel;
class ListTable;
class SheetArea;
class SteadySplitter;
struct Availability;

/// Failed work in groups by function and error, the letters of the selected group, and the selected
/// letter (ui.md 11).
class DeadView final
    : public View
    , public InnerLayout
{
    Q_OBJECT

public:
    explicit DeadView(Context &context, QWidget *parent = nullptr);
    ~DeadView() override;

    [[nodiscard]] QString title() const override { return tr("Dead letters"); }

    [[nodiscard]] Place place() const override;
    void showPlace(const Place &place) override;
    [[nodiscard]] QWidget *filterLine() const override;
    [[nodiscard]] QWidget *mainWidget() const override;
    bool stepBack() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;
    void resetLayout() override;
    [[nodiscard]] QJsonObject saveSpot() const override;
    void restoreSpot(const QJsonObject &spot) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct BegunRetry {
        LetterGroupKey group; ///< the selected one then
        /// And the cycle of its letter when it began, as far as it was loaded: a higher one has
        /// failed again since.
        std::map<devserver::RunId, std::optional<int>> runs;
        devserver::Bulk bulk; ///< as it stands
    };

    [[nodiscard]] QWidget *makeGroups();
    [[nodiscard]] QWidget *makeGroupBar(QWidget *pane);
    void makeGroupByMenu();
    [[nodiscard]] QWidget *makeLetters();
    void makeLayout();
    void connectFilter();
    void connectGroups();
    void connectTable();
    void connectSheets();
    void bindGroupActions();
    void showGroupMenu(const QPoint &at);
    void bindGroupLists();
    void bindMute();
    void shareRoom();

    void query();
    void showNewModel();
    void showWhatThereIs();
    void noteCurrent();
    void keepGroup();
    void offerNext();
    void showEmptied(int others);
    [[nodiscard]] QString otherGroupsText(int letters) const;
    void chooseGroup(const LetterGroupKey &group);
    void fillMuteMenu();
    void mute(const std::vector<MutedGroups::Group> &groups, const QString &name,
              MutedGroups::Until until);
    void unmute(const std::vector<MutedGroups::Group> &groups);
    void noteMutes(const std::vector<MutedGroups::Group> &groups);
    void tellMuted(const QString &text);
    void showMuted();
    void selectWanted();
    void addCondition(bool isNegated);
    void showContextMenu(const QPoint &at);
    void groupBy(LetterGroupModel::Grouping grouping);
    void retryGroup();
    void discardGroup();
    [[nodiscard]] bool isAsking() const;
    [[nodiscard]] Availability forGroup(const QString &reason, const QString &text) const;
    void askDiscard(const std::vector<devserver::RunId> &runs);
    void exportLetters();
    void findError();
    void noteStarted(devserver::BulkId bulk, const std::vector<devserver::RunId> &runs, int count);
    [[nodiscard]] bool areAllInRetries() const;
    [[nodiscard]] QString retriedGroupText() const;
    void takeBulks(const std::vector<devserver::Bulk> &bulks);
    void tellBulk(const devserver::Bulk &bulk);
    [[nodiscard]] devserver::api::LetterIdsQuery groupQuery() const;
    [[nodiscard]] QString groupWords() const;
    [[nodiscard]] int groupCount() const;
    [[nodiscard]] std::optional<int> openCount() const;
    [[nodiscard]] std::vector<MutedGroups::Group> chosenGroups() const;
    /// The selected group where it is told of being muted.
    [[nodiscard]] QString muteName() const;
    [[nodiscard]] LetterListModel *list() const;

    FilterLine *m_line;
    FilterEdit *m_filter;
    QCheckBox *m_discarded;
    QStackedWidget *m_pages;
    QSplitter *m_across;    ///< groups and letters
    SteadySplitter *m_down; ///< those, and the detail
    LetterGroupModel *m_groups;
    QTreeView *m_tree;
    ActionRow *m_groupButtons = nullptr;
    QToolButton *m_groupBy;
    QToolButton *m_mute;
    QMenu *m_muteMenu;
    SheetArea *m_letters = nullptr; ///< the list, and the sheets on top of it
    QStackedWidget *m_lists;
    ListTable *m_table;
    EmptyState *m_noMatch;
    FilterMiss *m_miss;
    EmptyState *m_empty;
    LetterDetail *m_detail;
    BulkProgress *m_progress;
    LetterExport *m_export;
    BulkSheet *m_bulk = nullptr;
    DiscardSheet *m_discard = nullptr;
    LetterActions *m_actions = nullptr;
    LetterGroupKey m_group;                 ///< the selected one
    bool m_isGroupSeen = false;             ///< had a row since it was chosen
    bool m_isGroupGone = false;             ///< and has none any more: it is empty
    std::vector<devserver::RunId> m_wanted; ///< to be selected when they are back
    std::set<devserver::RunId> m_returning; ///< of those, what comes back
    QByteArray m_subject;
    QString m_groupName; ///< of the selected group, also when it is gone
    std::map<devserver::BulkId, BegunRetry> m_started; ///< from here, as long as they run
    QSize m_shared; ///< width, and lower edge in the window, for which the room was shared
    bool m_isGoing = false;
    bool m_isGrouping = false;
    bool m_isRoomChosen = false; ///< somebody moved a border between the panes
};

} // namespace console
