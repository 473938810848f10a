// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace console {

struct Context;
struct SubjectFacts;

/// What an inspector shows: its name, kind and state, and the buttons that hold it. GUI thread.
class InspectorHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorHeader(Context &context, QWidget *parent = nullptr);

    void setFacts(const SubjectFacts &facts);
    /// Nothing is shown; the pin stays if it is set.
    void clear();

    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isPinned() const;
    void setPinned(bool isPinned);
    /// Empty: there is room for another inspector; else why there is not.
    void setFull(const QString &why);

Q_SIGNALS:
    void pinChanged(bool isPinned);
    void anotherRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitState();
    [[nodiscard]] QToolButton *makeButton(const QString &name, const QString &icon,
                                          const QString &words);

    Context &m_context;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_state; ///< in words; the icon before the title shows it, too
    QLabel *m_kind;
    QString m_word;
    QString m_tried; ///< gives way to the kind where there is no room for both
    QToolButton *m_another;
    QToolButton *m_pin;
};

} // namespace console
