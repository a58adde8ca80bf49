import './no-proto.ts'
import { engine } from './engine-role.ts'
import { ownPort } from './own-port.ts'
import { serve } from './serve.ts'

serve(engine, ownPort())
