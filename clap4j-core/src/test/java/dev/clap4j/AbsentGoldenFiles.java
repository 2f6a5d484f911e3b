package dev.clap4j;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of each module's tests how many were skipped for golden files that the folder in use lacks. */
public final class AbsentGoldenFiles implements TestExecutionListener {
    private final AtomicInteger skipped = new AtomicInteger();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean absent = result.getStatus() == TestExecutionResult.Status.ABORTED
                && result.getThrowable()
                        .map(Throwable::getMessage)
                        .filter(message -> message.contains("Not among the golden files"))
                        .isPresent();
        if (absent) {
            skipped.incrementAndGet();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Collection<String> absent = Golden.absent();
        if (!absent.isEmpty()) {
            System.out.println("[WARN] " + skipped + " golden tests were skipped: " + Golden.folder() + " lacks "
                    + String.join(", ", absent));
        }
    }
}
