// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rangebox.h"

#include "ui/core/filtertext.h"

#include <QFontMetrics>

#include <algorithm>
#include <utility>

namespace console {

namespace {

constexpr int customRange = -2;

} // namespace

RangeBox::RangeBox(QWidget *parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Time range"));
    addItem(tr("Any time"), QByteArray());
    addItem(tr("Last 15 min"), QByteArrayLiteral("15m"));
    addItem(tr("Last hour"), QByteArrayLiteral("1h"));
    addItem(tr("Last 24 hours"), QByteArrayLiteral("24h"));
    addItem(tr("Today"), QByteArrayLiteral("today"));
    addItem(tr("Last 7 days"), QByteArrayLiteral("7d"));
    addItem(tr("Custom…"), customRange);
    connect(this, &QComboBox::activated, this, [this](int index) {
        const QVariant range = itemData(index);
        if (range.typeId() == QMetaType::Int)
            Q_EMIT customChosen();
        else
            Q_EMIT rangeChosen(range.toByteArray());
    });
    connect(this, &QComboBox::currentIndexChanged, this, &QWidget::updateGeometry);
}

void RangeBox::setRoomy(bool isRoomy)
{
    if (std::exchange(m_isRoomy, isRoomy) != isRoomy)
        updateGeometry();
}

QSize RangeBox::sizeHint() const
{
    return m_isRoomy ? QComboBox::sizeHint() : minimumSizeHint();
}

QSize RangeBox::minimumSizeHint() const
{
    const auto widthOf = [this](const QString &text) {
        return fontMetrics().horizontalAdvance(text);
    };
    int widest = 0;
    for (int at = 0; at < count(); ++at)
        widest = std::max(widest, widthOf(itemText(at)));
    const QSize roomy = QComboBox::sizeHint();
    return {roomy.width() - widest + widthOf(currentText()), roomy.height()};
}

void RangeBox::showFilter(const devserver::api::Filter &filter)
{
    const std::optional<QByteArrayList> since = filterValues(filter, QByteArrayLiteral("since"));
    int index = 0;
    if (since)
        index = since->size() == 1 ? findData(since->front()) : -1;
    setCurrentIndex(index < 0 ? findData(customRange) : index);
}

} // namespace console
