package dev.clap4j.internal.server.model;

import dev.clap4j.ClapException;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.server.http.JsonLog;
import dev.clap4j.internal.server.http.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The head of a server, read from a file and replaced when the file changes. A file that is no head for this model leaves
 * the one before in its place. Thread-safe.
 */
public final class HeadSlot implements AutoCloseable {
    private final ClipModel model;
    private final Path file;
    private final Optional<Float> alpha;
    private final Consumer<Optional<ServedHead>> check;
    private final JsonLog log;
    private final Metrics metrics;
    private Stamp seen;
    private volatile ServedHead current;

    private record Stamp(long size, FileTime modified) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime());
        }
    }

    /**
     * Reads the head.
     *
     * @param file null for no head
     * @param alpha empty for the head's own
     * @param check refuses, by a {@code ClapException}, a head that others cannot use, or that there is none
     * @throws ClapException if it cannot be used
     */
    public HeadSlot(
            ClipModel model,
            Path file,
            Optional<Float> alpha,
            Consumer<Optional<ServedHead>> check,
            JsonLog log,
            Metrics metrics) {
        this.model = model;
        this.file = file;
        this.alpha = alpha;
        this.check = check;
        this.log = log;
        this.metrics = metrics;
        if (file == null) {
            check.accept(Optional.empty());
        } else {
            seen = stamp().orElse(null);
            current = read();
        }
    }

    private ServedHead read() {
        Head head = Head.load(file);
        HeadAccess.requireBackbone(head, model.checkpoint());
        ServedHead served = new ServedHead(
                CompiledHead.of(head, model.engine()), alpha.orElse(head.info().alpha()));
        try {
            check.accept(Optional.of(served));
            return served;
        } catch (RuntimeException e) {
            served.close();
            throw e;
        }
    }

    private Optional<Stamp> stamp() {
        try {
            return Optional.of(Stamp.of(file));
        } catch (IOException e) {
            // Being replaced, or removed: the head stays as it is.
            return Optional.empty();
        }
    }

    /** Reads the file again if it changed. */
    public synchronized void refresh() {
        Optional<Stamp> now = file == null ? Optional.empty() : stamp();
        if (now.isEmpty() || now.get().equals(seen)) {
            return;
        }
        seen = now.get();
        try {
            ServedHead replaced = current;
            current = read();
            replaced.close();
            metrics.headLoaded(true);
            log.event("info", "head_replaced", "The head's file changed and is used from now on");
        } catch (ClapException e) {
            metrics.headLoaded(false);
            log.event("warn", "head_refused", "The head's file changed, but the one before stays: " + e.getMessage());
        }
    }

    /** Returns whether there is a head. */
    boolean isFilled() {
        return current != null;
    }

    /** Makes a call with the head as it is now, which stays open until the call returns. */
    <R> R use(Function<ServedHead, R> call) {
        while (true) {
            ServedHead head = current;
            boolean[] begun = new boolean[1];
            try {
                return head.life().use(() -> {
                    begun[0] = true;
                    return call.apply(head);
                });
            } catch (IllegalStateException e) {
                if (begun[0] || head == current) {
                    throw e;
                }
                // It was replaced before the call could begin.
            }
        }
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
        }
    }
}
