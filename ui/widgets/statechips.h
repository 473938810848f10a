// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QAbstractButton>
#include <QWidget>

#include <optional>
#include <vector>

namespace console {

struct Context;

/// A check button with an icon, a word and a number. There is room for a number of one digit before
/// it is known, so that little moves when it comes; and where there will be none, unless it is
/// scarce.
class Chip final : public QAbstractButton
{
    Q_OBJECT

public:
    /// What is shown beside the number; Tight: as Full, without room for a number that there is
    /// not.
    enum class Shape { Full, Tight, Icon };

    /// \a hint  what the number counts; in the tool tip
    Chip(Context &context, const QString &icon, Token token, const QString &word,
         const QString &hint, QWidget *parent = nullptr);

    /// Negative: there is none, and none is waited for.
    void setCount(qint64 count);
    /// What it says now; \a hint as before.
    void setWord(const QString &word, const QString &spoken, const QString &hint);
    /// What the number counts now.
    void setHint(const QString &hint);
    void setShape(Shape shape);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int widthWhen(Shape shape) const;

    [[nodiscard]] QString count() const { return m_count; } ///< empty: not said

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

    void nextCheckState() override {} // the filter line decides

private:
    [[nodiscard]] bool hasIcon() const;
    /// Of what is shown beside each other; \a count of so many pixels.
    [[nodiscard]] int contentWidth(Shape shape, int count) const;
    [[nodiscard]] bool hasWord(Shape shape) const;
    [[nodiscard]] int countWidth(Shape shape) const;
    void sayTip();

    Context &m_context;
    QString m_iconName;
    Token m_token;
    QString m_word;
    QString m_hint;
    QString m_count;
    QString m_room; ///< the number there was last
    Shape m_shape = Shape::Full;
    bool m_isCounting = true; ///< a number is there or may come at any time
};

/// A row of chips of which those are checked that the filter line names (ui.md §6.2): a click means
/// only this one, with Ctrl this one as well, a second click none. For those that have no room one
/// stands at the end that says how many they are, and opens a menu of them.
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
        QString hint = {};         ///< what its number counts, where the word does not say it
    };

    /// \a prefix of the object names: `runsChip`.
    StateChips(Context &context, const QByteArray &prefix, std::vector<Choice> choices,
               QWidget *parent = nullptr);

    /// What \a filter says of \a key. What is not in the row is ignored. Nothing: `All` is
    /// checked; something that no chip stands for, such as `-state:dead`: none is.
    void showFilter(const devserver::api::Filter &filter, const QByteArray &key);
    /// \a isSaid  else there is one, but its number is not what the chip would find
    void setCount(const QByteArray &value, qint64 count, bool isSaid = true);
    /// What its number counts now.
    void setHint(const QByteArray &value, const QString &hint);
    /// Not offered, a chip is shown only while it is chosen: it would find what another one finds.
    void setOffered(const QByteArray &value, bool isOffered);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QByteArrayList &values);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// How the rarer ones look; nothing: they are not there.
    using Rare = std::optional<Chip::Shape>;

    void click(std::size_t at);
    void openMore();
    void showMore(const std::vector<std::size_t> &hidden);
    /// Without \a rare: those that there are, and that nobody chose.
    [[nodiscard]] std::vector<std::size_t> leftOut(Rare rare) const;
    /// Of the chip that tells of them, with the space before it.
    [[nodiscard]] int moreWidth(Rare rare) const;
    [[nodiscard]] int widthWhen(Chip::Shape shape, Rare rare) const;
    /// There must be room for the rarer ones, unless they are chosen.
    [[nodiscard]] bool isShown(std::size_t at, Rare rare) const;
    [[nodiscard]] bool isChosen(std::size_t at) const;
    /// With the rarer ones that were chosen.
    [[nodiscard]] int neededWidth(Chip::Shape shape, Rare rare) const;
    /// A state is icon, word and colour (ui.md §2.5). With less room first the words of the rarer
    /// ones go, then these, then those of the last ones. One that is chosen stays: others give up
    /// their words for it.
    void fit();
    void giveWords(Rare rare, int room, std::vector<Chip::Shape> *shapes) const;

    Context &m_context;
    std::vector<Choice> m_choices;
    std::vector<Chip *> m_chips;
    Chip *m_more = nullptr;        ///< tells of those that have no room
    std::vector<bool> m_isCounted; ///< always shown, or there was one
    std::vector<bool> m_isOffered;
    QByteArrayList m_values;
};

} // namespace console
