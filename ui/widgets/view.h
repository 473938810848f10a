// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "ui/core/place.h"
#include "ui/widgets/context.h"

#include <QJsonObject>
#include <QString>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace console {

class InfoBarStack;

/// One entry of the navigation rail: a page of the window with its own toolbar row, state and info
/// bars. Built when it is first shown, kept afterwards.
class View : public QWidget
{
    Q_OBJECT

public:
    /// \a name is the Place::view and with `View` behind it the object name: `runs`, `runsView`.
    View(Context &context, const QByteArray &name, QWidget *parent = nullptr);

    [[nodiscard]] QByteArray name() const { return m_name; }

    /// Translated, for the breadcrumb and the title: `Dead letters`.
    [[nodiscard]] virtual QString title() const = 0;

    /// Where this view is now, and going to such a place again.
    [[nodiscard]] virtual Place place() const;
    virtual void showPlace(const Place &place);

    /// Where Ctrl+F goes; null if there is no filter line.
    [[nodiscard]] virtual QWidget *filterLine() const { return nullptr; }

    /// Gets the focus when the view is shown.
    [[nodiscard]] virtual QWidget *mainWidget() const { return nullptr; }

    /// Whether what is selected in it is something that the inspector shows.
    [[nodiscard]] virtual bool hasSubjects() const { return true; }

    /// Esc: leaves an inner state (full-size run, selection). \returns false if there was none.
    virtual bool stepBack() { return false; }

    /// Widget state for the settings: splitters, columns. The person's, for whatever data file.
    [[nodiscard]] virtual QByteArray saveState() const { return {}; }

    virtual void restoreState(const QByteArray &state) { Q_UNUSED(state) }

    /// Which rows its list shows beyond the filter, and in which order. Kept for the data file, and
    /// part of a saved view; a data file that is new begins without.
    [[nodiscard]] virtual QJsonObject saveRows() const { return {}; }

    /// \a rows may hold other things, and lack some.
    virtual void restoreRows(const QJsonObject &rows) { Q_UNUSED(rows) }

    /// Where people are in it beyond `place`: tabs, scrolling, chosen groups. Kept for the data
    /// file and shown again at the next start, after `showPlace`. What is in `widgetSpot` needs no
    /// code.
    [[nodiscard]] virtual QJsonObject saveSpot() const;
    virtual void restoreSpot(const QJsonObject &spot);

    /// What has just happened. All bars stand below the content and take their room from its lower
    /// end: nothing that can be read or pressed above moves when one comes or goes.
    [[nodiscard]] InfoBarStack &infoBars() const { return *m_infoBars; }

    /// For what nobody asked for.
    [[nodiscard]] InfoBarStack &tipBars() const { return *m_tipBars; }

    /// Those of the window stand with its own as long as it is shown.
    void takeBars(QWidget *ofWindow);

    /// The bar for a refused action or a failed question: what was tried and the server's words.
    /// \a again  for what can be asked once more: [Try again]
    /// \a shown  a sentence about what is seen in spite of it
    void showError(const QByteArray &id, const QString &what, const devserver::Error &error,
                   std::function<void()> again = {}, const QString &shown = {});

Q_SIGNALS:
    /// Filter or selection changed: a new entry of the history.
    void placeChanged();

protected:
    [[nodiscard]] Context &context() const { return m_context; }

    /// Content goes here, above the info bars; no margins.
    [[nodiscard]] QVBoxLayout &body() const { return *m_body; }

    /// The bars, for a body that has something at its lower end which must not move: they go above
    /// that.
    [[nodiscard]] QWidget *bars() const { return m_bars; }

private:
    /// A stopped server is said in every view, where it can be started again.
    void showServer();
    void startServer();

    Context &m_context;
    QByteArray m_name;
    InfoBarStack *m_infoBars;
    InfoBarStack *m_tipBars;
    QWidget *m_bars; ///< all of them
    QVBoxLayout *m_body;
};

} // namespace console
