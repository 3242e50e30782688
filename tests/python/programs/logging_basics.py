# checks: logging as a learner uses it: levels, basicConfig, exception
import logging

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(threadName)s: %(message)s")
logger = logging.getLogger("ensemble.member")
logger.info("step %d of %d", 3, 10)
logger.debug("never shown")
logging.warning("from the root")
try:
    1 / 0
except ZeroDivisionError:
    logger.exception("it failed")
print(logger.isEnabledFor(logging.DEBUG), logging.getLogger("ensemble") is logging.getLogger("ensemble"))
