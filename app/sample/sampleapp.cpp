// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/sampleapp.h"

namespace console::sample {

devserver::host::InProcessApp inProcessApp()
{
    return {};
}

} // namespace console::sample
