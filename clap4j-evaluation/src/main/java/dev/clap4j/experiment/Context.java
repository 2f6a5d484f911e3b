package dev.clap4j.experiment;

import dev.clap4j.feature.FeatureMatrix;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The surroundings of a measurement: its subject, the run directory, and values shared by consecutive cells.
 */
public final class Context implements AutoCloseable {
    private final Subject subject;
    private final Path folder;
    private final Map<String, Shared> shared = new HashMap<>();

    private record Shared(Object key, Object value) {}

    Context(Subject subject, Path folder) {
        this.subject = subject;
        this.folder = folder;
    }

    /** Returns the subject. */
    public Subject subject() {
        return subject;
    }

    /** Returns the run directory, for files that show a result. */
    public Path folder() {
        return folder;
    }

    /**
     * Returns a value that consecutive cells share. Only the last key's value is kept for each name; an earlier one is
     * closed.
     *
     * @param key the cells with equal keys share the value
     */
    @SuppressWarnings("unchecked")
    public synchronized <T> T shared(String name, Object key, Supplier<T> value) {
        Shared last = shared.get(name);
        if (last == null || !last.key.equals(key)) {
            close(shared.remove(name));
            last = new Shared(key, value.get());
            shared.put(name, last);
        }
        return (T) last.value;
    }

    /** Returns a method's features of all domains, {@code [n, O]} each, not normalised. */
    public List<FeatureMatrix> mapped(Method method) {
        return shared("mapped", method, () -> subject.images().mapped(method::apply));
    }

    private static void close(Shared old) {
        if (old != null && old.value instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                throw new IllegalStateException("A shared value cannot be closed", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        shared.values().forEach(Context::close);
        shared.clear();
    }
}
