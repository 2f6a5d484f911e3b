package dev.clap4j.internal.server.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.JsonLog;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.search.IndexFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * {@code GET /v1/map}: pictures of the index on a plane. It is made in the background when somebody first asks for it, and
 * again when the index changed. Thread-safe.
 */
public final class PictureMap implements AutoCloseable {
    /** Larger indexes are sampled. */
    private static final int MOST = 3000;

    private static final int STOP_SECONDS = 10;

    private final ServedIndexes indexes;
    private final Optional<BiFunction<FeatureMatrix, Progress, FeatureMatrix>> layout;
    private final JsonLog log;
    private final Object lock = new Object();
    private final ExecutorService maker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "clap4j-map");
        thread.setDaemon(true);
        return thread;
    });
    private boolean working;
    private boolean stale = true;
    private volatile boolean closed;
    private volatile double progress;
    private volatile Finished map;
    private volatile boolean failed;

    private record Finished(int pictures, List<Place> places) {}

    private record Place(float x, float y, dev.clap4j.search.IndexedImage image) {}

    /** Creates the handler. */
    public PictureMap(
            ServedIndexes indexes, Optional<BiFunction<FeatureMatrix, Progress, FeatureMatrix>> layout, JsonLog log) {
        this.indexes = indexes;
        this.layout = layout;
        this.log = log;
    }

    /** Returns whether there is to be a map. */
    public boolean exists() {
        return layout.isPresent() && !indexes.isEmpty();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Answer(String status, double progress, Integer pictures, List<Point> data) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Point(String id, String name, float x, float y, String label, String style) {}

    /** Has the map made again when somebody next asks for it. */
    public void outdate() {
        synchronized (lock) {
            stale = true;
        }
    }

    /** Answers a request: the map, or how far it is. */
    public Reply answer() {
        begin();
        Finished made = map;
        if (made == null) {
            return Reply.json(new Answer(failed ? "failed" : "computing", progress, null, null));
        }
        return Reply.json(new Answer(
                "ready", 1, made.pictures, made.places.stream().map(this::point).toList()));
    }

    private Point point(Place place) {
        Shown shown = Shown.of(place.image, null, indexes.ids());
        return new Point(shown.id(), shown.name(), place.x, place.y, shown.label(), shown.style());
    }

    private void begin() {
        synchronized (lock) {
            if (closed) {
                throw ApiException.closing();
            }
            if (stale && !working) {
                stale = false;
                working = true;
                maker.execute(this::make);
            }
        }
    }

    private void make() {
        try {
            ServedIndex index = indexes.get(Optional.empty());
            int pictures = index.pictures().size();
            List<IndexFeatures.Entry> sample = index.features().sample(MOST);
            FeatureMatrix features = FeatureMatrix.ofRows(
                    sample.stream()
                            .map(entry -> entry.image().path().toString())
                            .toList(),
                    index.info().dimension(),
                    sample.stream().map(IndexFeatures.Entry::feature).toList());
            FeatureMatrix places = layout.orElseThrow().apply(features, reporting());
            List<Place> placed = new ArrayList<>();
            for (int i = 0; i < sample.size(); i++) {
                placed.add(new Place(
                        places.row(i)[0], places.row(i)[1], sample.get(i).image()));
            }
            map = new Finished(pictures, placed);
            failed = false;
        } catch (ClapException e) {
            failed = true;
            log.event("warn", "map", e.getMessage());
        } catch (RuntimeException | Error e) {
            failed = true;
            log.event("error", "map", e.toString());
        } finally {
            synchronized (lock) {
                working = false;
            }
        }
    }

    private Progress reporting() {
        return new Progress() {
            private long all = 1;
            private long done;

            @Override
            public void begin(String part, long steps, long before) {
                all = Math.max(1, steps);
                done = before;
            }

            @Override
            public void advance(long steps) {
                done += steps;
                progress = Math.min(1, (double) done / all);
            }

            @Override
            public boolean stopRequested() {
                return closed;
            }
        };
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        maker.shutdown();
        try {
            if (!maker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.event("warn", "map", "The map was still being made when the server closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
