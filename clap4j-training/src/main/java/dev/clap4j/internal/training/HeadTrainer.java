package dev.clap4j.internal.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.blas.BlasLibraries;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.objective.BatchLoss;
import dev.clap4j.internal.optimizer.LossWindow;
import dev.clap4j.internal.run.MetricsLog;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.HeadNetwork;
import dev.clap4j.training.HeadOptions;
import dev.clap4j.training.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a head in three stages, plan, encode and fit, which are repeated for each interval between two checks.
 *
 * <p>An interval is encoded only when it is reached, so that early stopping saves encoding too; inputs that are cheaper
 * to encode together are the exception. The state of the run is saved after each interval. If the process ends for any
 * reason, at most one interval of fitting is lost, and the resumed run gives the same head, bit for bit, as an
 * uninterrupted one.
 *
 * @param <K> the type of inputs that are encoded once and shared by steps
 * @param <V> the type of inputs that are encoded for a single step
 */
final class HeadTrainer<K, V> {
    private final HeadOptions options;
    private final Backbone backbone;
    private final Plan<K, V> plan;
    private final Preparation<K, V> preparation;

    /** Prepares the encoders after the run directory is opened. */
    @FunctionalInterface
    interface Preparation<K, V> {
        Encoders<K, V> prepare(HeadRunFolder run, Progress progress);
    }

    /**
     * Creates a trainer.
     *
     * @param plan a plan made from the same options
     * @param dim the dimension D of the encoders' features
     * @param preparation prepares the encoders; may throw {@link StoppedException}
     * @throws ClapException if the options expect another feature dimension
     */
    HeadTrainer(HeadOptions options, Backbone backbone, Plan<K, V> plan, int dim, Preparation<K, V> preparation) {
        if (options.network().inDim() != dim) {
            throw new ClapException("The options are for features of dimension "
                    + options.network().inDim() + ", but those of " + backbone.name() + " have " + dim);
        }
        this.options = options;
        this.backbone = backbone;
        this.plan = plan;
        this.preparation = preparation;
    }

    /**
     * Trains until all steps are done or early stopping ends the run.
     *
     * @param folder the run directory
     * @param start how to treat a run that already exists in the directory
     * @param provenance the provenance of the run
     * @throws ClapException if the directory holds another run or one in progress, cannot be written, or the loss
     *     becomes NaN or infinite
     * @throws StoppedException if the progress requests a stop; it carries the number of steps kept
     */
    TrainingResult train(Path folder, RunStart start, ObjectNode provenance, Progress progress) {
        try (HeadRunFolder run = HeadRunFolder.open(folder, start, provenance)) {
            return train(run, Provenance.samples(provenance), progress);
        }
    }

    private TrainingResult train(HeadRunFolder run, String samples, Progress progress) {
        Encoders<K, V> encoders;
        try {
            encoders = preparation.prepare(run, progress);
        } catch (StoppedException e) {
            throw stopped(RunState.start(options.schedule()));
        }
        EncoderPass<K, V> encoding =
                new EncoderPass<>(encoders, plan, options.schedule().intervals(), run.features());
        Head initial =
                HeadAccess.of(network(), HeadInfo.UNKNOWN, InitialWeights.draw(network(), new Streams(options.seed())));
        HeadFit fit = new HeadFit(
                network(),
                HeadAccess.weights(initial),
                options.objective(),
                options.learningRate(),
                options.batchSize());
        RunState state = Files.exists(run.state())
                ? RunState.load(
                        run.state(), options.schedule(), fit, network().shapes().asMap())
                : RunState.start(options.schedule());
        if (state.headStep() > 0 && !Files.isRegularFile(run.head())) {
            throw new ClapException(
                    Problem.RUN_IS_DAMAGED,
                    "The head of step " + state.headStep() + " is gone: there is no file " + run.head());
        }
        return train(run, encoding, fit, state, new RunReporter(options.schedule(), progress, state.steps()), samples);
    }

    private TrainingResult train(
            HeadRunFolder run,
            EncoderPass<K, V> encoding,
            HeadFit fit,
            RunState start,
            RunReporter reporter,
            String samples) {
        RunState state = start;
        try (MetricsLog metrics = MetricsLog.open(run.metrics(), state.steps())) {
            if (!state.isDone(options.schedule())) {
                for (int done = 0; done < state.intervals(); done++) {
                    encoding.remember(done, reporter);
                }
            }
            while (!state.isDone(options.schedule())) {
                EncodedInterval<K, V> encoded = encoding.encode(state.intervals(), reporter);
                double meanLoss = fit(fit, encoded, metrics, reporter);
                state = state.next(meanLoss, encoded.steps());
                if (state.stopping().improved()) {
                    head(fit, state, samples).save(run.head());
                }
                state.save(run.state(), fit);
                run.forgetPassing(state.intervals() - 1);
                reporter.checked(meanLoss, state.stopping().improved());
            }
            run.forgetFeatures();
        } catch (StoppedException e) {
            throw stopped(state);
        }
        boolean patience = state.stopping().shouldStop();
        return result(
                patience ? TrainingResult.Outcome.PATIENCE : TrainingResult.Outcome.ALL_STEPS,
                run,
                state,
                reporter.clock());
    }

    /** Returns how many steps are kept, which is what a caller can resume from. */
    private StoppedException stopped(RunState kept) {
        return new StoppedException(
                RunReporter.PART, kept.steps(), options.schedule().steps());
    }

    /** Takes all steps of an interval and returns their mean loss. */
    private static double fit(HeadFit fit, EncodedInterval<?, ?> interval, MetricsLog metrics, RunReporter reporter) {
        LossWindow window = new LossWindow();
        reporter.beginFit();
        for (int i = 0; i < interval.steps(); i++) {
            BatchLoss loss = fit.step(interval.batch(i));
            if (!Double.isFinite(loss.total())) {
                throw new ClapException("The loss of step " + (reporter.steps() + 1) + " is " + loss.total()
                        + "; use a lower learning rate or a higher temperature");
            }
            window.add(loss.total());
            double seconds = reporter.fitted(loss.total());
            metrics.add(reporter.steps(), loss.byName(), seconds);
        }
        return window.mean();
    }

    private Head head(HeadFit fit, RunState state, String samples) {
        Map<String, String> hyperparameters = new LinkedHashMap<>(options.describe());
        hyperparameters.putAll(plan.describe());
        hyperparameters.put("samples", samples);
        hyperparameters.put("head-step", String.valueOf(state.headStep()));
        HeadInfo info = new HeadInfo(
                options.alpha(),
                backbone.name(),
                backbone.fingerprint(),
                options.classes(),
                options.objective().name(),
                hyperparameters,
                options.seed(),
                BlasLibraries.versions());
        return HeadAccess.of(network(), info, fit.weights());
    }

    private static TrainingResult result(
            TrainingResult.Outcome outcome, HeadRunFolder run, RunState state, RunClock clock) {
        return new TrainingResult(
                outcome,
                run.head(),
                state.steps(),
                state.headStep(),
                state.stopping().best(),
                clock.encodingSeconds(),
                clock.fittingSeconds());
    }

    private ResidualMlp network() {
        HeadNetwork network = options.network();
        Activation activation = Activation.valueOf(network.activation().toUpperCase(Locale.ROOT));
        return new ResidualMlp(network.inDim(), network.latentDim(), network.outDim(), network.repeat(), activation);
    }
}
