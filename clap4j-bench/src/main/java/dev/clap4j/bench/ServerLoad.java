package dev.clap4j.bench;

import dev.clap4j.bench.KeptConnection.Answer;
import dev.clap4j.bench.LoadRequests.Kind;
import dev.clap4j.bench.LoadRequests.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Puts a server under load: many callers, good, bad and huge requests; times each answer and follows the server's memory.
 *
 * <pre>ServerLoad URL CALLERS SECONDS [kinds=text,picture,…] [rate=PER_SECOND] [pid=SERVER] [pictures=FOLDER]</pre>
 *
 * <p>Without a rate, each caller sends its next request when it has the answer to the last, after a pause if that asks for
 * one. With a rate, nobody pauses: requests have times at which they should be sent, and their answers are timed from
 * these, so that waiting for a free caller counts.
 */
public final class ServerLoad {
    /** The status of a request without an answer. */
    private static final int LOST = 0;

    private static final int PROGRESS_SECONDS = 10;
    private static final int SECONDS_AFTER = 5;
    private static final int A_SECOND_AFTER = 20;

    private final URI server;
    private final LoadRequests requests;
    private final double rate;
    private final long start = System.nanoTime();
    private final long end;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger answered = new AtomicInteger();

    private record Outcome(Kind kind, int status, int retryAfter, double milliseconds) {}

    private ServerLoad(URI server, LoadRequests requests, double rate, int seconds) {
        this.server = server;
        this.requests = requests;
        this.rate = rate;
        this.end = start + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Puts a server under load and prints how it answered. */
    public static void main(String[] args) throws Exception {
        if (args.length < 3) {
            throw new IllegalArgumentException("Expected: ServerLoad URL CALLERS SECONDS [NAME=VALUE …]");
        }
        Map<String, String> options = new HashMap<>();
        for (String option : List.of(args).subList(3, args.length)) {
            String[] parts = option.split("=", 2);
            if (parts.length < 2 || !List.of("kinds", "rate", "pid", "pictures").contains(parts[0])) {
                throw new IllegalArgumentException("There is no option " + option);
            }
            options.put(parts[0], parts[1]);
        }
        List<Kind> kinds = Stream.of(options.getOrDefault("kinds", "").split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> Kind.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
        String folder = options.get("pictures");
        LoadRequests requests = folder == null ? LoadRequests.made(kinds) : LoadRequests.read(Path.of(folder), kinds);
        double rate = Double.parseDouble(options.getOrDefault("rate", "0"));
        new ServerLoad(URI.create(args[0]), requests, rate, Integer.parseInt(args[2]))
                .run(Integer.parseInt(args[1]), options.get("pid"));
    }

    private void run(int callers, String pid) throws Exception {
        List<List<Outcome>> outcomes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            List<Outcome> own = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(i);
            outcomes.add(own);
            threads.add(new Thread(() -> call(random, own), "caller-" + i));
        }
        threads.forEach(Thread::start);
        for (int second = PROGRESS_SECONDS; System.nanoTime() < end; second += PROGRESS_SECONDS) {
            pause(Math.min(end, start + TimeUnit.SECONDS.toNanos(second)));
            System.out.printf(
                    Locale.ROOT,
                    "%4d s  %8d requests  %s%n",
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                    answered.get(),
                    resident(pid));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        print(outcomes.stream().flatMap(List::stream).toList());
        recover();
        System.out.println(resident(pid));
    }

    private void call(SplittableRandom random, List<Outcome> own) {
        try (KeptConnection connection = new KeptConnection(server)) {
            while (true) {
                long due = rate == 0
                        ? System.nanoTime()
                        : start + (long) (sent.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / rate);
                if (due >= end) {
                    return;
                }
                Request request = requests.next(random);
                pause(due);
                Outcome outcome = send(connection, request, due);
                own.add(outcome);
                answered.incrementAndGet();
                if (rate == 0) {
                    pause(Math.min(end, System.nanoTime() + TimeUnit.SECONDS.toNanos(outcome.retryAfter)));
                }
            }
        }
    }

    private static void pause(long until) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, until - System.nanoTime()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome send(KeptConnection connection, Request request, long from) {
        Answer answer;
        try {
            answer = connection.post(request.path(), request.body());
        } catch (IOException e) {
            answer = new Answer(LOST, 0);
        }
        return new Outcome(request.kind(), answer.status(), answer.retryAfter(), (System.nanoTime() - from) / 1e6);
    }

    private void print(List<Outcome> outcomes) {
        Map<String, List<Double>> rows = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            String status = outcome.status == LOST ? "lost" : String.valueOf(outcome.status);
            String row =
                    String.format(Locale.ROOT, "%-10s %6s", outcome.kind.name().toLowerCase(Locale.ROOT), status);
            rows.computeIfAbsent(row, any -> new ArrayList<>()).add(outcome.milliseconds);
        }
        System.out.printf(
                Locale.ROOT, "%-10s %6s %9s %9s %9s %9s  ms%n", "kind", "status", "count", "p50", "p99", "max");
        rows.forEach((row, times) -> {
            List<Double> sorted = times.stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "%s %9d %9.1f %9.1f %9.1f%n",
                    row,
                    sorted.size(),
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.99),
                    quantile(sorted, 1));
        });
        System.out.printf(
                Locale.ROOT, "%.1f requests a second%n", outcomes.size() / ((System.nanoTime() - start) / 1e9));
    }

    /** Returns the least value that a share of all values do not exceed. */
    static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }

    /** Sends small texts after the load, to see how soon they are answered as usual. */
    private void recover() {
        SplittableRandom random = new SplittableRandom(0);
        try (KeptConnection connection = new KeptConnection(server)) {
            for (int second = 1; second <= SECONDS_AFTER; second++) {
                List<Outcome> few = new ArrayList<>();
                for (int i = 0; i < A_SECOND_AFTER; i++) {
                    long from = System.nanoTime();
                    few.add(send(connection, requests.of(Kind.TEXT, random), from));
                    pause(from + TimeUnit.SECONDS.toNanos(1) / A_SECOND_AFTER);
                }
                System.out.printf(
                        Locale.ROOT,
                        "second %d after: %d of %d texts answered, slowest %.1f ms%n",
                        second,
                        few.stream().filter(outcome -> outcome.status == 200).count(),
                        few.size(),
                        few.stream().mapToDouble(Outcome::milliseconds).max().orElseThrow());
            }
        }
    }

    private static String resident(String pid) throws IOException {
        if (pid == null) {
            return "";
        }
        String line = Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                .filter(row -> row.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return String.format(Locale.ROOT, "resident %.0f MB", Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6);
    }
}
