package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.Target;
import dev.clap4j.fuzz.TargetList;
import java.util.List;

/** All ways in which files enter the program. Each takes one line here. */
public final class Targets implements TargetList {
    private static final List<Target> ALL = List.of(
            new Target(
                    "safetensors", TensorFiles::safetensors, f -> TensorFiles.read(f.resolve("tensors.safetensors"))),
            new Target("torch", TensorFiles::torch, f -> TensorFiles.read(f.resolve("tensors.pt"))),
            new Target("torch-legacy", TensorFiles::legacyTorch, f -> TensorFiles.read(f.resolve("tensors.pkl"))),
            new Target("shards", TensorFiles::shards, f -> TensorFiles.read(f.resolve("model.safetensors.index.json"))),
            new Target("open-clip", Models::openClip, Models::read),
            new Target("open-ai", Models::openAi, Models::read),
            new Target("hugging-face", Models::huggingFace, Models::read),
            new Target("model", Models::whole, Models::encode),
            new Target("tokenizer-json", TokenizerFiles::json, f -> Vocabularies.read(f.resolve("tokenizer.json"))),
            new Target("tokenizer-folder", TokenizerFiles::folders, Vocabularies::readAny),
            new Target("word-pieces", Vocabularies::wordPieces, Vocabularies::readAny),
            new Target("sentence-piece", SentencePieceModels::unigram, Vocabularies::readAny),
            new Target("sentence-piece-bpe", SentencePieceModels::bpe, Vocabularies::readAny),
            new Target("vocabulary", Vocabularies::pair, Vocabularies::read),
            new Target("merges", () -> Vocabularies.merges("bpe_simple_vocab_16e6.txt"), Vocabularies::read),
            new Target("merges-gz", () -> Vocabularies.merges("bpe_simple_vocab_16e6.txt.gz"), Vocabularies::read),
            new Target("scheduler", SchedulerConfigs::published, SchedulerConfigs::sample),
            new Target("head", Heads::ours, f -> Heads.apply(f.resolve("head.safetensors"))),
            new Target("head-pth", Heads::authors, f -> Heads.apply(f.resolve("head.pth"))),
            new Target("features", Heads::features, f -> Heads.readFeatures(f.resolve("features.safetensors"))),
            new Target("png", Pictures::png, f -> Pictures.read(f.resolve("picture.png"))),
            new Target("jpeg", Pictures::jpeg, f -> Pictures.read(f.resolve("picture.jpg"))),
            new Target("gif", Pictures::gif, f -> Pictures.read(f.resolve("picture.gif"))),
            new Target("bmp", Pictures::bmp, f -> Pictures.read(f.resolve("picture.bmp"))),
            new Target("tiff", Pictures::tiff, f -> Pictures.read(f.resolve("picture.tif"))),
            new Target("webp", Pictures::webp, f -> Pictures.read(f.resolve("picture.webp"))),
            new Target("tar", ImageContainers::tar, f -> ImageContainers.read(f.resolve("pictures.tar"))),
            new Target("image-list", ImageContainers::list, f -> ImageContainers.read(f.resolve("pictures.csv"))),
            new Target("parquet", ImageContainers::parquet, f -> ImageContainers.read(f.resolve("pictures.parquet"))),
            new Target("classes", TextFiles::classes, f -> TextFiles.readClasses(f.resolve("classes.txt"))),
            new Target("captions", TextFiles::captions, TextFiles::readCaptions),
            new Target("prompts", TextFiles::prompts, TextFiles::readPrompts),
            new Target("sweep-yaml", TextFiles::sweep, f -> TextFiles.readSweep(f.resolve("sweep.yaml"))),
            new Target("report", Runs::finished, Runs::report),
            new Target("resume-train", Training::interrupted, Training::resume),
            new Target("resume-fewshot", Runs::fewShot, Runs::resumeFewShot),
            new Target("resume-attack", Runs::attack, Runs::resumeAttack),
            new Target("resume-sweep", Runs::sweep, Runs::resumeSweep),
            new Target("resume-pretrain", Runs::pretraining, Runs::resumePretraining),
            new Target("tsne-maps", Runs::tsneMaps, Runs::resumeTsne),
            new Target("feature-cache", Runs::cache, Runs::zeroShotWithCache),
            new Target("written-prompts", WrittenFolders::prompts, WrittenFolders::fillPrompts),
            new Target("written-pictures", WrittenFolders::pictures, WrittenFolders::fillPictures),
            new Target("index", Indexes::made, Indexes::search),
            new Target("index-update", Indexes::made, Indexes::update),
            new Target("index-duplicates", Indexes::made, Indexes::duplicates),
            new Target("pictures", PictureAnswers::answers, PictureAnswers::ask),
            new Target("chat", ChatAnswers::answers, f -> ChatAnswers.ask(f.resolve("answer.json"))),
            new Target("hub", HubAnswers::answers, HubAnswers::pull));

    @Override
    public List<Target> targets() {
        return ALL;
    }
}
