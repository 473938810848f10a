// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/appports.h"

#include <algorithm>

namespace devserver {

std::vector<quint16> appPorts(quint16 ownPort)
{
    std::vector<quint16> ports{80, 443, 4321, 5000, 5173, 8000, 8080, 8081, 8787, 8888};
    for (quint16 port = 3000; port <= 3010; ++port)
        ports.push_back(port);
    for (quint16 port = 8910; port <= 8915; ++port)
        ports.push_back(port);
    const int fromEnvironment = qEnvironmentVariableIntValue("PORT");
    if (fromEnvironment > 0 && fromEnvironment < 65536)
        ports.push_back(static_cast<quint16>(fromEnvironment));
    std::sort(ports.begin(), ports.end());
    ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
    std::erase(ports, ownPort);
    return ports;
}

} // namespace devserver
