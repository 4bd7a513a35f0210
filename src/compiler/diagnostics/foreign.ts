export {
  foreignArgument as insteadOfArgument,
  foreignName as insteadOfName,
  volumesAdvice as slicesInstead,
} from './messages/foreign.js';
