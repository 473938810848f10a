// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "ui/core/draft.h"
#include "ui/widgets/context.h"

#include <QPointer>
#include <QWidget>

#include <vector>

class QBoxLayout;
class QButtonGroup;
class QCompleter;
class QKeyEvent;
class QLabel;
class QLineEdit;
class QStandardItemModel;
class QToolButton;

namespace devserver::api {
class Reply;
}

namespace console {

/// The upper rows of the composer: event or invoke, the name with completion, the id, when, and
/// the user of an event that has one. They become two where it is narrow; where it is low, too, the
/// second one comes on demand.
class DraftTarget final : public QWidget
{
    Q_OBJECT

public:
    explicit DraftTarget(Context &context, QWidget *parent = nullptr);

    /// All but the text.
    void setDraft(const Draft &draft);
    [[nodiscard]] Draft draft() const;
    void setName(const QByteArray &name);
    void focusName();
    void choose(Draft::Target target);
    /// Names of events that were received; asked for anew.
    void loadNames();
    /// There is earlier data to take over.
    void offerLast(bool isThere);

    /// What is wrong with the name, the time or the user; empty: nothing.
    [[nodiscard]] QString problem() const;
    /// The same, also if the function is not registered here.
    [[nodiscard]] QString writtenProblem() const;

    [[nodiscard]] QSize minimumSizeHint() const override;
    /// With all rows.
    [[nodiscard]] int wholeHeight() const;
    /// Without those that nobody asked for.
    [[nodiscard]] int leastHeight() const;
    void setLow(bool isLow);

Q_SIGNALS:
    void edited();
    /// They are one, or two, for another reason than the width.
    void rowsChanged();
    /// A name was completed or typed to its end.
    void nameChosen(const QByteArray &name);
    /// Enter: the name is there, the data come next.
    void entered();
    void lastWanted();
    void newDraftWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] bool takeListKey(QCompleter &completer, QKeyEvent *key);
    static constexpr int leastName = 140; ///< pixels

    void makeRows();
    [[nodiscard]] QBoxLayout *makeDetails();
    [[nodiscard]] QToolButton *makeButton(const QString &name, const QString &icon,
                                          const QString &text);
    void makeUser();
    void connectFields();
    void showTarget();
    void showUser();
    void showDetails();
    void showDetailsNow();

    /// What the row with the id has, where there is more or less room.
    struct Form {
        bool hasWords = true;  ///< of its button
        bool hasLabels = true; ///< of its fields
        bool isTight = false;  ///< the fields are short
    };

    static constexpr Form tightForm{.hasWords = false, .hasLabels = false, .isTight = true};

    [[nodiscard]] Form arrange(bool isFolded);
    [[nodiscard]] int widthOfTarget() const;
    [[nodiscard]] int widthOfDetails(const Form &form) const;
    [[nodiscard]] int roomForDetails() const;
    [[nodiscard]] bool canFold() const;
    [[nodiscard]] int widthOfField(const QLineEdit *field, bool isTight) const;
    void showAs(const Form &form, bool isFolded);
    void noteWidths();

    [[nodiscard]] bool isWide() const { return m_isWide; }

    [[nodiscard]] QString whyDetailsStay() const;
    [[nodiscard]] bool needsDetails() const;
    [[nodiscard]] int heightOf(int rows) const;
    [[nodiscard]] static QString userProblem(const QByteArray &user);

    struct KnownName {
        QString name;
        QString what; ///< is known of it
    };

    [[nodiscard]] std::vector<KnownName> eventNames() const;
    [[nodiscard]] std::vector<KnownName> functionNames() const;
    void fillNames();
    void openNames();
    void openTimes();

    Context &m_context;
    QButtonGroup *m_target;
    QLineEdit *m_name;
    QLabel *m_idLabel;
    QLineEdit *m_id;
    QLabel *m_whenLabel;
    QLineEdit *m_when;
    QLabel *m_userLabel;
    QLineEdit *m_user; ///< JSON; shown if the draft has one
    QToolButton *m_last;
    QToolButton *m_new;
    QToolButton *m_more;   ///< shows the id and when, where they have no room of their own
    int m_buttonWords = 0; ///< pixels of *Fill from last* with its words
    int m_buttonIcon = 0;  ///< and without
    bool m_isWide = false; ///< all is one row
    bool m_isLow = false;
    bool m_isMoreWanted = false;
    bool m_isArranging = false;
    bool m_mustArrange = false; ///< once more: something has changed by that
    QBoxLayout *m_rows;
    QStandardItemModel *m_names;
    QCompleter *m_completer;
    QPointer<devserver::api::Reply> m_request;
    std::vector<devserver::api::EventName> m_seen; ///< received before
};

} // namespace console
