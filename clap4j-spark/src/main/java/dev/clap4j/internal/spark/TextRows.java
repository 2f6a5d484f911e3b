package dev.clap4j.internal.spark;

import dev.clap4j.ClapException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** The texts of a partition, encoded batch by batch. Rows stay in order. Not thread-safe. */
final class TextRows implements Iterator<Row> {
    private static final int BATCH_SIZE = 64;

    private record Text(Object[] kept, String text) {}

    private final Iterator<Row> rows;
    private final Task.Output output;
    private final Encoders encoders;
    private final ResultRows results;
    private final Deque<Row> ready = new ArrayDeque<>();

    /** Begins with a partition. */
    TextRows(Iterator<Row> rows, Task task, Encoders encoders) {
        this.rows = rows;
        this.output = task.output();
        this.encoders = encoders;
        this.results = new ResultRows(task);
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && rows.hasNext()) {
            ready.addAll(encode(read()));
        }
        return !ready.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private List<Text> read() {
        List<Text> batch = new ArrayList<>();
        while (batch.size() < BATCH_SIZE && rows.hasNext()) {
            Row row = rows.next();
            batch.add(new Text(results.kept(row), row.getString(output.input())));
        }
        return batch;
    }

    /** Encodes a batch at once or, if one of its texts cannot be encoded, in halves. */
    private List<Row> encode(List<Text> batch) {
        if (batch.size() == 1 && batch.get(0).text() == null) {
            return List.of(results.failed(batch.get(0).kept(), "There is no text"));
        }
        try {
            if (batch.stream().noneMatch(text -> text.text() == null)) {
                return results.rows(
                        batch.stream().map(Text::kept).toList(),
                        encoders.texts(batch.stream().map(Text::text).toList()));
            }
        } catch (ClapException e) {
            if (batch.size() == 1) {
                return List.of(results.failed(batch.get(0).kept(), e.getMessage()));
            }
        }
        int half = batch.size() / 2;
        List<Row> both = new ArrayList<>(encode(batch.subList(0, half)));
        both.addAll(encode(batch.subList(half, batch.size())));
        return both;
    }
}
