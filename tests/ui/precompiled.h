// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// Read once for all programs of tests/ui; files still include what they use.
#include "tests/ui/support/uifixture.h"
#include "ui/widgets/precompiled.h"

#include <QSignalSpy>
#include <QTest>
