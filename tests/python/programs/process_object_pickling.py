# checks: a lambda as target is an error of start(), not of the child
import multiprocessing
import pickle

if __name__ == "__main__":
    process = multiprocessing.Process(target=lambda: 1)
    try:
        process.start()
    except (AttributeError, pickle.PicklingError) as error:
        print("lambda" in str(error))
