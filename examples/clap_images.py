"""clap4j's ClapImages for PySpark. Start Spark with the assembly: pyspark --jars clap4j-spark-VERSION-assembly.jar

    pictures = spark.read.format("binaryFile").load("pictures")
    images = ClapImages(model="mini-clip", classes=["dog", "cat"], templates=["a photo of a {class}"], features=True)
    images.transform(pictures).select("path", "label", "score").show()

The parameters are those of the Java class; images.explainParams() lists them.
"""

import sys

from pyspark.ml.util import JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer


class ClapImages(JavaTransformer, JavaMLWritable):
    """Labels and features of pictures, as columns."""

    JAVA_CLASS = "dev.clap4j.spark.ClapImages"

    def __init__(self, **params):
        super().__init__()
        self._use(self._new_java_obj(self.JAVA_CLASS, self.uid))
        self._set(**params)

    def _use(self, java_object):
        self._java_obj = java_object
        self._resetUid(java_object.uid())
        self._create_params_from_java()
        self._transfer_params_from_java()

    @classmethod
    def load(cls, path):
        """Loads a transformer that was saved."""
        loaded = cls()
        loaded._use(loaded._java_obj.load(path))
        return loaded


# PySpark looks for the class by the name of the Java class when it loads a Pipeline.
sys.modules["dev.clap4j.spark"] = sys.modules[__name__]
