package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.clip.PromptEncoder;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.run.MetricsLog;
import dev.clap4j.run.RunStart;
import dev.clap4j.run.Streams;
import dev.clap4j.run.Versions;
import dev.clap4j.training.optimizer.LossWindow;
import dev.clap4j.training.source.PromptSource;
import dev.clap4j.training.source.StyleListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a CLAP head on text (CLAP, section 3): plan, encode, fit, one interval between two checks after the other.
 *
 * <p>So that early stopping saves encoding too, an interval is encoded when its turn comes. Behind each one the run's
 * state is on the disk: whatever ends the process, no more than the last interval is lost, and a resumed run gives the
 * same head, bit for bit, as one that was never interrupted.
 */
public final class ClapTrainer {
    private final ClapOptions options;
    private final Backbone backbone;
    private final TrainingPlan plan;
    private final Preparation preparation;

    /** Makes the encoder ready to understand the prompts, once the run's folder is open. */
    @FunctionalInterface
    private interface Preparation {
        PromptEncoder prepare(ClapRunFolder run, StyleListener listener);
    }

    /**
     * A trainer.
     *
     * @param backbone the encoder's model
     * @throws ClapException if the options are for features of another dimension than the encoder's
     */
    public ClapTrainer(ClapOptions options, Backbone backbone, PromptEncoder encoder) {
        this(options, backbone, encoder, TrainingPlan.of(options, encoder.contextWidth()));
    }

    /**
     * A trainer on other prompts than the templates.
     *
     * @param plan of the same options
     * @throws ClapException if the options are for features of another dimension than the encoder's
     */
    public ClapTrainer(ClapOptions options, Backbone backbone, PromptEncoder encoder, TrainingPlan plan) {
        this(options, backbone, encoder, plan, (run, listener) -> encoder);
    }

    private ClapTrainer(
            ClapOptions options, Backbone backbone, PromptEncoder encoder, TrainingPlan plan, Preparation preparation) {
        if (options.network().inDim() != encoder.embedDim()) {
            throw new ClapException("The options are for features of dimension "
                    + options.network().inDim() + ", but those of " + backbone.name() + " have "
                    + encoder.embedDim());
        }
        this.options = options;
        this.backbone = backbone;
        this.plan = plan;
        this.preparation = preparation;
    }

    /** A trainer on a model's own text encoder. */
    public static ClapTrainer of(ClipModel model, ClapOptions options) {
        return of(model, options, PromptSource.template());
    }

    /**
     * A trainer on a model's own text encoder and the prompts of a source.
     *
     * @throws ClapException if a class has no prompts, or there are fewer than a batch takes
     */
    public static ClapTrainer of(ClipModel model, ClapOptions options, PromptSource source) {
        TrainingPlan plan = TrainingPlan.of(options, source, model.texts().contextWidth());
        Preparation preparation =
                (run, listener) -> source.encoder(model, options.classes(), options.seed(), run.styles(), listener);
        return new ClapTrainer(options, Backbone.of(model), model.texts(), plan, preparation);
    }

    /** All prompts that batches are drawn from, without augmentation. */
    public List<String> prompts() {
        return plan.prompts();
    }

    /** A new run, to its end and in silence, see {@link #train(Path, RunStart, String, TrainingListener)}. */
    public TrainingResult train(Path folder) {
        return train(folder, RunStart.NEW, "", new TrainingListener() {});
    }

    /**
     * Trains until all steps are made, patience runs out, or the listener asks to stop.
     *
     * @param folder the run's folder
     * @param start what to do with a run that is already there
     * @param command what the user typed, for the record; may be empty
     * @throws ClapException if the folder holds another run, cannot be written, or the loss is no longer a number
     */
    public TrainingResult train(Path folder, RunStart start, String command, TrainingListener listener) {
        ClapRunFolder run = ClapRunFolder.open(folder, start, Provenance.of(options, backbone, plan, command));
        Optional<PromptEncoder> prepared = prepare(run, listener);
        if (prepared.isEmpty()) {
            return result(TrainingResult.Outcome.INTERRUPTED, run, RunState.start(options.schedule()));
        }
        EncoderPass encoding = new EncoderPass(prepared.get(), run.features());
        Head initial = Head.of(
                options.network(),
                HeadInfo.UNKNOWN,
                InitialWeights.draw(options.network(), new Streams(options.seed())));
        try (HeadFit fit =
                new HeadFit(options.network(), initial.weights(), options.objective(), options.learningRate())) {
            RunState state = Files.exists(run.state())
                    ? RunState.load(run.state(), options.schedule(), fit)
                    : RunState.start(options.schedule());
            return train(run, encoding, fit, state, new RunReporter(options.schedule(), listener, state.steps()));
        }
    }

    /** The encoder of the prompts; nothing if the listener asks to stop before it is ready. */
    private Optional<PromptEncoder> prepare(ClapRunFolder run, TrainingListener listener) {
        try {
            return Optional.of(preparation.prepare(run, (styles, of, loss) -> {
                listener.learning(styles, of, loss);
                if (listener.shouldStop()) {
                    throw new RunReporter.Stopped();
                }
            }));
        } catch (RunReporter.Stopped e) {
            return Optional.empty();
        }
    }

    private TrainingResult train(
            ClapRunFolder run, EncoderPass encoding, HeadFit fit, RunState start, RunReporter reporter) {
        RunState state = start;
        try (MetricsLog metrics = MetricsLog.open(run.metrics(), state.steps())) {
            if (!state.isDone(options.schedule())) {
                for (int done = 0; done < state.intervals(); done++) {
                    encoding.remember(done, plan.interval(done), reporter);
                }
            }
            while (!state.isDone(options.schedule())) {
                List<PlannedStep> steps = plan.interval(state.intervals());
                EncodedInterval encoded = encoding.encode(state.intervals(), steps, reporter);
                double meanLoss = fit(fit, encoded, metrics, reporter);
                state = state.next(meanLoss, encoded.steps());
                if (state.stopping().improved()) {
                    head(fit, state).save(run.head());
                }
                state.save(run.state(), fit);
                run.forgetNoisy(state.intervals() - 1);
                reporter.checked(meanLoss, state.stopping().improved());
            }
            run.forgetFeatures();
        } catch (RunReporter.Stopped e) {
            return result(TrainingResult.Outcome.INTERRUPTED, run, state);
        }
        boolean patience = state.stopping().shouldStop();
        return result(patience ? TrainingResult.Outcome.PATIENCE : TrainingResult.Outcome.ALL_STEPS, run, state);
    }

    /** Makes all steps of an interval; the mean loss that the check looks at. */
    private static double fit(HeadFit fit, EncodedInterval interval, MetricsLog metrics, RunReporter reporter) {
        LossWindow window = new LossWindow();
        reporter.beginFit();
        for (int i = 0; i < interval.steps(); i++) {
            HeadFit.Loss loss = fit.step(interval.batch(i));
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

    private Head head(HeadFit fit, RunState state) {
        Map<String, String> hyperparameters = new LinkedHashMap<>(OptionNames.describe(options));
        hyperparameters.put("prompts", plan.source());
        hyperparameters.put("head-step", String.valueOf(state.headStep()));
        HeadInfo info = new HeadInfo(
                options.alpha(),
                backbone.name(),
                backbone.fingerprint(),
                options.classes(),
                "clap",
                hyperparameters,
                options.seed(),
                Versions.of());
        return Head.of(options.network(), info, fit.weights());
    }

    private static TrainingResult result(TrainingResult.Outcome outcome, ClapRunFolder run, RunState state) {
        return new TrainingResult(
                outcome,
                run.head(),
                state.steps(),
                state.headStep(),
                state.stopping().best());
    }
}
