// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/draft.h"
#include "ui/events/draftcopies.h"
#include "ui/widgets/context.h"

#include <QTabBar>

#include <functional>
#include <vector>

namespace console {

/// Several drafts, one tab each; hidden while there is only one. Closing never asks: the last
/// closed ones can be had back. Drafts that are no favourites as they stand have a star (ui.md
/// §10).
class DraftTabs final : public QTabBar
{
    Q_OBJECT

public:
    static constexpr int mostDrafts = 20;

    struct State {
        std::vector<Draft> drafts;
        int shown = 0;
        bool isWhole = true; ///< no text was left out

        bool operator==(const State &) const = default;
    };

    struct Tab {
        Draft draft;
        DraftCopies copies = {};
    };

    /// The draft as it is now, in the editor.
    using Read = std::function<Tab()>;

    /// Whether a draft is a favourite as it stands.
    using IsKept = std::function<bool(const Draft &draft)>;

    DraftTabs(Context &context, Read read, IsKept isKept, QWidget *parent = nullptr);

    /// A further tab, which becomes the current one. If there are too many, the oldest one goes.
    void open(const Tab &tab);
    /// The same, but none goes: it was written before the others were restored.
    void add(const Tab &tab);
    void closeCurrent();
    /// The one that was closed last comes back.
    void reopen();
    /// The current one follows this name.
    void showName(const Draft &draft);
    /// Favourites came, went or changed: those that are none as they stand have a star.
    void showNames();
    /// The same for the current one, which was edited.
    void showCurrent();

    /// To be kept; without texts for which there is no room, that of the shown one being the first.
    [[nodiscard]] State saved() const;
    /// Instead of those that are there. \returns the draft to show.
    [[nodiscard]] Draft restore(const State &saved, const Draft &blank);

Q_SIGNALS:
    /// Another draft is the current one.
    void chosen(const console::Draft &draft, const console::DraftCopies &copies);

protected:
    void tabInserted(int index) override;
    [[nodiscard]] QSize tabSizeHint(int index) const override;

private:
    void change(int index);
    void close(int index);
    void keepCurrent();
    void rename(int index);
    [[nodiscard]] bool isUnsaved(int index) const;

    Context &m_context;
    Read m_read;
    IsKept m_isKept;
    std::vector<Tab> m_drafts;
    std::vector<Tab> m_closed;
    Draft m_blank;
    int m_shown = 0;
    bool m_isWorking = false; ///< tabs come and go by our own hand
};

} // namespace console
