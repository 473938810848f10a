// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QAbstractButton>
#include <QWidget>

#include <vector>

namespace console {

struct Context;

/// A check button with an icon, a word and a number.
class Chip final : public QAbstractButton
{
    Q_OBJECT

public:
    Chip(Context &context, const QString &icon, Token token, const QString &word,
         QWidget *parent = nullptr);

    /// Negative: no number.
    void setCount(qint64 count);
    /// Only icon and number; the word is in the tool tip.
    void setCompact(bool isCompact);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int widthWhen(bool isCompact) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

    void nextCheckState() override {} // the filter line decides

private:
    Context &m_context;
    QString m_iconName;
    Token m_token;
    QString m_word;
    QString m_count;
    bool m_isCompact = false;
};

/// A row of chips of which those are checked that the filter line names (ui.md §6.2): a click means
/// only this one, with Ctrl this one as well, a second click none.
class StateChips final : public QWidget
{
    Q_OBJECT

public:
    struct Choice {
        QByteArray value; ///< in the filter language; empty: all
        QByteArray name;  ///< end of the object name: `Running`
        QString word;     ///< translated
        QString icon;
        Token token = Token::Text;
        bool isAlwaysShown = true; ///< else from when there is one
    };

    /// \a prefix of the object names: `runsChip`.
    StateChips(Context &context, const QByteArray &prefix, std::vector<Choice> choices,
               QWidget *parent = nullptr);

    /// By value; what is not in the row is ignored. Nothing: `All` is checked.
    void setChosen(const QByteArrayList &values);
    void setCount(const QByteArray &value, qint64 count);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QByteArrayList &values);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void click(std::size_t at);
    [[nodiscard]] int widthWhen(bool isCompact) const;
    /// The rarer ones need room for words, unless they are chosen.
    [[nodiscard]] bool isShownWhen(std::size_t at, bool isCompact) const;
    /// Words only while there is room for all of them.
    void fit();

    std::vector<Choice> m_choices;
    std::vector<Chip *> m_chips;
    std::vector<bool> m_isCounted; ///< always shown, or there was one
    QByteArrayList m_values;
};

} // namespace console
