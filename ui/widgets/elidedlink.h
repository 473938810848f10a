// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QToolButton>

namespace console {

/// A button that looks like a link and gives up the beginning of its text where it is narrow: the
/// end of a path tells more.
class ElidedLink final : public QToolButton
{
    Q_OBJECT

public:
    explicit ElidedLink(const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] int textLeft() const;

    QString m_whole;
};

} // namespace console
