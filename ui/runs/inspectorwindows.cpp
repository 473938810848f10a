// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Further inspectors in windows of their own, and what all of them are pinned to.

#include "ui/core/placejson.h"
#include "ui/runs/inspector.h"
#include "ui/runs/inspectorheader.h"
#include "ui/widgets/context.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QJsonArray>
#include <QKeyEvent>
#include <QTabBar>

namespace console {

using namespace Qt::StringLiterals;
using Kind = Selection::Kind;

void Inspector::keyPressEvent(QKeyEvent *event)
{
    if (isWindow() && event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

Inspector *Inspector::root()
{
    auto *owner = qobject_cast<Inspector *>(parentWidget());
    return owner == nullptr ? this : owner;
}

void Inspector::openAnother()
{
    Inspector *other = openFor(m_wanted);
    other->show();
    other->m_tabs->setFocus();
}

Inspector *Inspector::openFor(const Selection &selection)
{
    // Owned by the first one: it goes with the window that all of them belong to.
    auto *other = new Inspector(m_context, root());
    other->setObjectName(u"inspectorWindow"_s);
    other->setWindowFlag(Qt::Window);
    other->setAttribute(Qt::WA_DeleteOnClose);
    other->m_header->setPinned(true);
    other->inspect(selection);
    other->resize(size().expandedTo({380, 560}));
    connect(other, &QObject::destroyed, root(), &Inspector::countOthers);
    root()->countOthers();
    return other;
}

/// A pinned one goes on showing what it shows, as long as there may be another one.
void Inspector::showCalls(devserver::RunId run)
{
    if (root() != this)
        return;
    const Selection selection{.kind = Kind::Run, .run = run};
    for (const QString &key : {u"inspector/tab/run"_s, u"inspector/tab/run.failed"_s})
        m_context.settings.setValue(key, Calls);
    if (isPinned() && m_wanted != selection) {
        const auto others = findChildren<Inspector *>(QString(), Qt::FindDirectChildrenOnly);
        if (others.size() + 1 < mostInspectors)
            openFor(selection)->show();
        else
            showProblem(tr("There are %1 inspectors already.").arg(mostInspectors));
        return;
    }
    const bool isShown = hasContent() && m_inspection.subject == selection;
    m_wantsTab = !isShown; // of the same kind it would stay on the tab that it has
    m_context.navigator.select(selection);
    if (isShown)
        m_tabs->setCurrentIndex(Calls);
}

void Inspector::countOthers()
{
    QList<Inspector *> all = findChildren<Inspector *>(QString(), Qt::FindDirectChildrenOnly);
    all.append(this);
    const bool isRoom = all.size() < mostInspectors;
    for (const Inspector *inspector : all) {
        if (inspector->m_header)
            inspector->m_header->setFull(
                isRoom ? QString() : tr("There are %1 inspectors already.").arg(mostInspectors));
    }
}

QJsonObject Inspector::saveSpot() const
{
    QJsonArray others;
    for (const Inspector *other :
         findChildren<Inspector *>(QString(), Qt::FindDirectChildrenOnly)) {
        others.append(
            QJsonObject{{"shows"_L1, toJson(other->m_wanted)},
                        {"geometry"_L1, QString::fromLatin1(other->saveGeometry().toBase64())}});
    }
    QJsonObject spot{{"others"_L1, others}};
    if (isPinned())
        spot.insert("pinned"_L1, toJson(m_wanted));
    return spot;
}

void Inspector::restoreSpot(const QJsonObject &spot)
{
    const Selection pinned = selectionFromJson(spot["pinned"_L1].toObject());
    if (pinned.kind != Kind::None) {
        m_header->setPinned(true);
        inspect(pinned);
    }
    for (const QJsonValue &entry : spot["others"_L1].toArray()) {
        const Selection selection = selectionFromJson(entry["shows"_L1].toObject());
        if (selection.kind == Kind::None)
            continue;
        Inspector *other = openFor(selection);
        other->restoreGeometry(QByteArray::fromBase64(entry["geometry"_L1].toString().toLatin1()));
        other->show();
    }
}

} // namespace console
