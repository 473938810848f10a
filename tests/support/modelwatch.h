// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractItemModelTester>
#include <QAbstractProxyModel>
#include <QTest>

#include <memory>
#include <vector>

namespace console::test {

/// A model, and those below if it is a proxy, under QAbstractItemModelTester as long as this lives.
/// The test fails unless one of them is of the class that is named: tests/checks/models.py reads
/// the names, and wants each model of the window among them.
class ModelWatch
{
public:
    ModelWatch(QAbstractItemModel *model, const char *className)
    {
        const QByteArray wanted = QByteArrayLiteral("console::") + className;
        QByteArrayList seen;
        while (model != nullptr) {
            seen.append(model->metaObject()->className());
            m_testers.push_back(std::make_unique<QAbstractItemModelTester>(
                model, QAbstractItemModelTester::FailureReportingMode::QtTest));
            const auto *proxy = qobject_cast<const QAbstractProxyModel *>(model);
            m_innermost = model;
            model = proxy == nullptr ? nullptr : proxy->sourceModel();
        }
        if (!seen.contains(wanted)) {
            const QByteArray problem = "watched are " + seen.join(", ") + ", not " + wanted;
            QTest::qFail(problem.constData(), __FILE__, __LINE__);
        }
    }

    /// The one that is no proxy.
    [[nodiscard]] const QAbstractItemModel *innermost() const { return m_innermost; }

private:
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;
    const QAbstractItemModel *m_innermost = nullptr;
};

} // namespace console::test
