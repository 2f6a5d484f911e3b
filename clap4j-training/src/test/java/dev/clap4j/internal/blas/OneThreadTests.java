package dev.clap4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneThreadTests {
    private int before;

    @BeforeEach
    void askForTwoThreads() {
        BlasLibraries.loadBlas();
        before = openblas_nolapack.blas_get_num_threads();
        openblas_nolapack.blas_set_num_threads(2);
    }

    @AfterEach
    void restore() {
        openblas_nolapack.blas_set_num_threads(before);
    }

    private static void assertThreads(int expected) {
        assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(expected);
    }

    @Test
    void blasKeepsToOneThreadAndComesBack() {
        try (OneThread one = OneThread.begin()) {
            assertThat(one).isNotNull();
            assertThreads(1);
        }
        assertThreads(2);
    }

    @Test
    void productsMayBeShared() {
        assertThat(OneThread.sharesProducts()).isFalse();
        try (OneThread exceptForProducts = OneThread.beginExceptForProducts()) {
            assertThat(exceptForProducts).isNotNull();
            assertThreads(1);
            assertThat(OneThread.sharesProducts()).isTrue();
        }
        assertThreads(2);
        assertThat(OneThread.sharesProducts()).isFalse();
    }

    @Test
    void productsDoNotTakeThreadsFromWhoKeepsToOne() {
        try (OneThread exceptForProducts = OneThread.beginExceptForProducts()) {
            assertThat(exceptForProducts).isNotNull();
            try (OneThread one = OneThread.begin()) {
                assertThat(one).isNotNull();
                assertThreads(1);
                assertThat(OneThread.sharesProducts()).isFalse();
            }
            assertThreads(1);
            assertThat(OneThread.sharesProducts()).isTrue();
        }
        assertThreads(2);
    }

    @Test
    void manyTimesLeaveNothingBehind() {
        OneThread.begin().close();
        long before = Pointer.totalCount();
        for (int i = 0; i < 20; i++) {
            OneThread.begin().close();
        }
        assertThreads(2);
        // Fewer, if what other tests left behind has been collected meanwhile.
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void theLastOfSeveralGivesThreadsBack() throws ExecutionException, InterruptedException {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            OneThread there = other.submit(OneThread::begin).get();
            try (OneThread here = OneThread.begin()) {
                assertThat(here).isNotNull();
                other.submit(there::close).get();
                assertThreads(1);
            }
            assertThreads(2);
        } finally {
            other.shutdown();
        }
    }
}
