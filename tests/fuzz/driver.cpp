// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs one fuzz target. A target is `LLVMFuzzerTestOneInput` of libFuzzer: it returns 0 for an
// input that its decoder accepted and -1 for one that was refused; anything wrong ends the process
// (sanitizer, assertion). libFuzzer itself would need clang for all libraries and knows no quota of
// accepted inputs, so that this driver makes the inputs and counts.

#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

// Both sanitizers end by abort(), so that one handler sees every kind of failure.
extern "C" const char *__asan_default_options()
{
    return "abort_on_error=1";
}

extern "C" const char *__ubsan_default_options()
{
    return "abort_on_error=1:print_stacktrace=1";
}

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto leastTime = std::chrono::seconds(10);
constexpr std::size_t leastInputs = 200'000;
constexpr std::size_t leastAcceptedShare = 5; // one in five
constexpr std::size_t largestPool = 512;
constexpr unsigned hangSeconds = 20;

// Read by the handlers of a dying process: plain globals, no allocation there.
std::string current;
std::string crashFile;

void saveCurrent()
{
    if (std::FILE *file = std::fopen(crashFile.c_str(), "wb")) {
        std::fwrite(current.data(), 1, current.size(), file);
        std::fclose(file);
        std::fprintf(stderr, "fuzz: the input (%zu bytes) is in %s\n", current.size(),
                     crashFile.c_str());
    }
}

void onSignal(int signal)
{
    if (signal == SIGALRM)
        std::fprintf(stderr, "fuzz: one input took more than %u s\n", hangSeconds);
    saveCurrent();
    std::_Exit(1);
}

void catchCrashes()
{
    std::signal(SIGABRT, onSignal);
    std::signal(SIGALRM, onSignal);
}

std::string readFile(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// All files below the folders, in the order of their names.
std::vector<std::string> readSeeds(const std::vector<std::filesystem::path> &folders)
{
    std::vector<std::filesystem::path> paths;
    for (const auto &folder : folders) {
        if (!std::filesystem::is_directory(folder)) {
            std::fprintf(stderr, "no folder %s\n", folder.c_str());
            std::exit(2);
        }
        for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file() && entry.file_size() <= fuzz::Mutator::largest)
                paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> seeds;
    std::transform(paths.begin(), paths.end(), std::back_inserter(seeds), readFile);
    return seeds;
}

bool isAccepted(std::string input)
{
    current = std::move(input);
    alarm(hangSeconds);
    return LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(current.data()),
                                  current.size())
           == 0;
}

int replay(const std::string &path)
{
    const bool accepted = isAccepted(readFile(path));
    std::printf("%s: %s\n", path.c_str(), accepted ? "accepted" : "refused");
    return 0;
}

int run(const std::string &name, std::vector<std::string> pool, std::uint64_t seed)
{
    const std::size_t seeds = pool.size();
    std::printf("%s: seed %llu (REDRIVE_FUZZ_SEED), %zu seed files\n", name.c_str(),
                static_cast<unsigned long long>(seed), seeds);
    std::fflush(stdout);
    std::size_t acceptedSeeds = 0;
    for (const std::string &input : pool)
        if (isAccepted(input))
            ++acceptedSeeds;

    fuzz::Mutator mutator(seed);
    std::size_t inputs = 0;
    std::size_t accepted = 0;
    const auto start = Clock::now();
    while (inputs < leastInputs || Clock::now() - start < leastTime) {
        ++inputs;
        if (!isAccepted(mutator.next(pool, seeds)))
            continue;
        ++accepted;
        // Some go on from here, so that changes pile up; the recorded ones always stay.
        if (mutator.below(50) != 0)
            continue;
        if (pool.size() < seeds + largestPool)
            pool.push_back(current);
        else
            pool[seeds + mutator.below(largestPool)] = current;
    }
    alarm(0);
    const std::chrono::duration<double> took = Clock::now() - start;
    std::printf(
        "%s: %zu inputs in %.1f s, %zu accepted (%.1f %%), %zu of %zu seed files accepted\n",
        name.c_str(), inputs, took.count(), accepted,
        100.0 * static_cast<double>(accepted) / static_cast<double>(inputs), acceptedSeeds, seeds);
    const bool isEnough = accepted * leastAcceptedShare >= inputs;
    if (!isEnough)
        std::printf("%s: fewer than a fifth were accepted\n", name.c_str());
    return isEnough ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool isReplay = arguments.size() == 2 && arguments[0] == "--replay";
    if (!isReplay && (arguments.size() < 2 || arguments[0] != "--seeds")) {
        std::fprintf(stderr, "usage: %s --seeds <folder>... | --replay <file>\n", argv[0]);
        return 2;
    }
    const std::string name = std::filesystem::path(argv[0]).filename();
    crashFile = (std::filesystem::current_path() / (name + ".crash")).string();
    catchCrashes();
    if (isReplay)
        return replay(arguments[1]);

    std::vector<std::string> seeds = readSeeds({arguments.begin() + 1, arguments.end()});
    if (seeds.empty()) {
        std::fprintf(stderr, "%s: no seed files\n", name.c_str());
        return 2;
    }
    const char *chosen = std::getenv("REDRIVE_FUZZ_SEED");
    return run(name, std::move(seeds), chosen ? std::strtoull(chosen, nullptr, 10) : 20300101);
}
