package dev.clap4j.cli;

import dev.clap4j.evaluation.FewShotCell;
import dev.clap4j.evaluation.fewshot.FewShotListener;

/** Shows how many probes are trained, and passes a wish to stop on to the run. */
final class FewshotProgressBar implements FewShotListener, AutoCloseable {
    private final StopSignal stop;
    private Progress bar = Progress.none();
    private int probes;
    private int trained;

    FewshotProgressBar(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public void begin(int all, int known) {
        probes = all;
        trained = known;
        bar = Progress.start("probes", all);
        bar.step(known);
    }

    @Override
    public void trained(FewShotCell cell) {
        trained++;
        bar.step(1);
        bar.say("  " + cell.method() + ", " + cell.shots() + (cell.shots() == 1 ? " shot" : " shots"));
    }

    @Override
    public boolean shouldStop() {
        return stop.requested();
    }

    /** How far the run is, in words. */
    String words() {
        return trained + " of " + probes + " probes";
    }

    @Override
    public void close() {
        bar.close();
    }
}
