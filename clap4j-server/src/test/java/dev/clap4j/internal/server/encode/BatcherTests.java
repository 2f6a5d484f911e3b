package dev.clap4j.internal.server.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatcherTests {
    private static final int SIZE = 4;

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);
    private final Call call = Call.lasting(Duration.ofMinutes(1));
    private final Batcher<String> batcher =
            new Batcher<>("test", SIZE, Duration.ofMillis(1), this::encode, (inputs, nanos) -> {});

    /** An encoder that begins when it is told to. */
    private FeatureMatrix encode(List<String> batch) {
        batches.add(batch);
        begun.release();
        go.acquireUninterruptibly();
        if (batch.contains("bad")) {
            throw new ClapException("It is bad");
        }
        return new FeatureMatrix(batch, 1, new float[batch.size()]);
    }

    @AfterEach
    void close() {
        go.release(1_000);
        batcher.close();
    }

    private void submit(String name, int count, List<CompletableFuture<float[]>> rows) {
        long turn = batcher.nextTurn();
        IntStream.range(0, count).forEach(i -> rows.add(batcher.submit(name + i, turn + i, call)));
    }

    @Test
    void callsTakeTurns() {
        List<CompletableFuture<float[]>> rows = new ArrayList<>();
        submit("first", 1, rows);
        begun.acquireUninterruptibly();
        submit("many", 12, rows);
        submit("few", 2, rows);
        submit("one", 1, rows);
        go.release(1_000);
        rows.forEach(CompletableFuture::join);
        assertThat(batches.get(1)).containsExactly("many0", "few0", "one0", "many1");
        assertThat(batches.get(2)).containsExactly("few1", "many2", "many3", "many4");
        assertThat(batches.get(3)).containsExactly("many5", "many6", "many7", "many8");
    }

    /** A call that came later does not pass those that wait, however many come. */
    @Test
    void nobodyIsPassedForever() {
        List<CompletableFuture<float[]>> rows = new ArrayList<>();
        submit("first", 1, rows);
        begun.acquireUninterruptibly();
        submit("many", 3, rows);
        for (int round = 0; round < 3; round++) {
            submit("a", 1, rows);
            submit("b", 1, rows);
            submit("c", 1, rows);
            go.release();
            begun.acquireUninterruptibly();
        }
        go.release(1_000);
        rows.forEach(CompletableFuture::join);
        assertThat(batches.stream().limit(4).flatMap(List::stream)).contains("many0", "many1", "many2");
    }

    @Test
    void aBadInputFailsAlone() {
        List<CompletableFuture<float[]>> rows = new ArrayList<>();
        submit("first", 1, rows);
        begun.acquireUninterruptibly();
        submit("good", 2, rows);
        CompletableFuture<float[]> bad = batcher.submit("bad", batcher.nextTurn(), call);
        go.release(1_000);
        rows.forEach(CompletableFuture::join);
        assertThatThrownBy(bad::join).hasRootCauseMessage("It is bad");
    }
}
